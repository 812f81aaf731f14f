namespace Lmtp.Admin.Import;

/// <summary>Where a row of an import stands.</summary>
public enum ImportStatus
{
    /// <summary>It has not been checked.</summary>
    Unchecked,

    /// <summary>The user can be made.</summary>
    Ready,

    /// <summary>There is a user of this name already; nothing is done.</summary>
    Exists,

    /// <summary>The user cannot be made as the row is.</summary>
    Invalid,

    /// <summary>The user was made.</summary>
    Created,

    /// <summary>The server refused or did not answer; it can be tried again.</summary>
    Failed,
}
