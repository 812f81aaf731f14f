namespace Lmtp.Contracts;

/// <summary>What is stored.</summary>
public sealed record StorageStatisticsResponse
{
    /// <summary>When it was counted.</summary>
    public DateTimeOffset CountedAt { get; init; }

    /// <summary>The users.</summary>
    public long Users { get; init; }

    /// <summary>The messages in all mailboxes.</summary>
    public long Messages { get; init; }

    /// <summary>The bytes that count against the quotas of all users.</summary>
    public long Bytes { get; init; }

    /// <summary>The attachments, each counted once however many messages have it.</summary>
    public long Attachments { get; init; }

    /// <summary>Their bytes as they are stored.</summary>
    public long AttachmentBytes { get; init; }
}
