namespace Lmtp.Contracts;

/// <summary>Flags of many messages to be set or taken away. What is left out, or null, stays as it is.</summary>
public sealed record UpdateMessagesRequest
{
    /// <summary>The ids of the messages; as many as a page may have.</summary>
    public required IReadOnlyList<string> Messages { get; init; }

    /// <summary>Whether they have been read.</summary>
    public bool? Seen { get; init; }

    /// <summary>Whether they are marked as important.</summary>
    public bool? Flagged { get; init; }

    /// <summary>Whether they are still being written.</summary>
    public bool? Draft { get; init; }

    /// <summary>Whether IMAP is to remove them at the next EXPUNGE.</summary>
    public bool? Deleted { get; init; }
}
