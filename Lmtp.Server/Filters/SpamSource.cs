namespace Lmtp.Server.Filters;

/// <summary>Who decided whether a message is spam.</summary>
public enum SpamSource
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>A list of allowed or blocked sender domains.</summary>
    DomainAccess,

    /// <summary>The user's spam level.</summary>
    SpamLevel,

    /// <summary>A filter of the user.</summary>
    Filter,
}
