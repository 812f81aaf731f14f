namespace Lmtp.Contracts;

/// <summary>A mailbox of a user.</summary>
public sealed record MailboxResponse
{
    /// <summary>The mailbox's id, 24 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The path with <c>/</c> between the levels, such as <c>INBOX</c> or <c>Lists/DotNet</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The last level of the path.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for (<c>\Sent</c>, <c>\Trash</c>, <c>\Drafts</c>, <c>\Junk</c>, <c>\Archive</c>), or null. RFC 6154.</summary>
    public string? SpecialUse { get; init; }

    /// <summary>UIDVALIDITY.</summary>
    public long UidValidity { get; init; }

    /// <summary>UIDNEXT.</summary>
    public long UidNext { get; init; }

    /// <summary>HIGHESTMODSEQ.</summary>
    public long HighestModseq { get; init; }

    /// <summary>Messages in it.</summary>
    public long Total { get; init; }

    /// <summary>Messages in it that nobody has read.</summary>
    public long Unseen { get; init; }

    /// <summary>The bytes that its messages have; null in lists, for which they are not added up.</summary>
    public long? Size { get; init; }

    /// <summary>How long it keeps its messages, in milliseconds; 0 keeps them for ever.</summary>
    public long Retention { get; init; }

    /// <summary>Whether mail programs show it.</summary>
    public bool Subscribed { get; init; }

    /// <summary>Whether IMAP hides it.</summary>
    public bool Hidden { get; init; }
}
