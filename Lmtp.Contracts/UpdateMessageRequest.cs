namespace Lmtp.Contracts;

/// <summary>Flags of a message to be set or taken away. What is left out, or null, stays as it is.</summary>
public sealed record UpdateMessageRequest
{
    /// <summary>Whether it has been read.</summary>
    public bool? Seen { get; init; }

    /// <summary>Whether it is marked as important.</summary>
    public bool? Flagged { get; init; }

    /// <summary>Whether it is still being written.</summary>
    public bool? Draft { get; init; }

    /// <summary>Whether IMAP is to remove it at the next EXPUNGE.</summary>
    public bool? Deleted { get; init; }
}
