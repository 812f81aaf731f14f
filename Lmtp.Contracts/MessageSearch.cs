namespace Lmtp.Contracts;

/// <summary>What to look for in the messages of a user. What is null does not narrow the search.</summary>
public sealed record MessageSearch
{
    /// <summary>Words of header or text: all of them, several in quotes together, none with a minus sign in front.</summary>
    public string? Text { get; init; }

    /// <summary>Part of the From header.</summary>
    public string? From { get; init; }

    /// <summary>Part of the To or Cc header.</summary>
    public string? To { get; init; }

    /// <summary>Part of the subject.</summary>
    public string? Subject { get; init; }

    /// <summary>The earliest time of delivery.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The time before which the messages were delivered.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The id of a mailbox; null: all.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Whether the messages are unread.</summary>
    public bool? Unseen { get; init; }

    /// <summary>Whether the messages are flagged.</summary>
    public bool? Flagged { get; init; }

    /// <summary>Whether the messages have attachments.</summary>
    public bool? Attachments { get; init; }

    /// <summary>The least size in bytes.</summary>
    public long? MinSize { get; init; }

    /// <summary>The greatest size in bytes.</summary>
    public long? MaxSize { get; init; }
}
