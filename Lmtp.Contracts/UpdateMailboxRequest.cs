namespace Lmtp.Contracts;

/// <summary>Changes to a mailbox. What is left out, or null, stays as it is.</summary>
public sealed record UpdateMailboxRequest
{
    /// <summary>The new path; INBOX and hidden mailboxes keep theirs.</summary>
    public string? Path { get; init; }

    /// <summary>How long it keeps its messages, in milliseconds; 0 keeps them for ever.</summary>
    public long? Retention { get; init; }

    /// <summary>Whether mail programs show it.</summary>
    public bool? Subscribed { get; init; }
}
