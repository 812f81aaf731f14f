using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>A message as a list shows it.</summary>
public record MessageSummary
{
    /// <summary><c>messages._id</c>.</summary>
    public required ObjectId Id { get; init; }

    /// <summary>The mailbox it is in.</summary>
    public required ObjectId Mailbox { get; init; }

    /// <summary>The owner.</summary>
    public required ObjectId User { get; init; }

    /// <summary>The thread it belongs to.</summary>
    public ObjectId? Thread { get; init; }

    /// <summary>The UID within the mailbox.</summary>
    public long Uid { get; init; }

    /// <summary>The modseq of its last change.</summary>
    public long Modseq { get; init; }

    /// <summary>The subject, decoded.</summary>
    public required string Subject { get; init; }

    /// <summary>The authors in the From header.</summary>
    public IReadOnlyList<MessageAddress> From { get; init; } = [];

    /// <summary>The addressees in the To header.</summary>
    public IReadOnlyList<MessageAddress> To { get; init; } = [];

    /// <summary>The Message-ID header, or one that was made up.</summary>
    public required string MessageId { get; init; }

    /// <summary>The time in the Date header.</summary>
    public DateTimeOffset Date { get; init; }

    /// <summary>When it was delivered (INTERNALDATE).</summary>
    public DateTimeOffset Received { get; init; }

    /// <summary>The size in bytes, the two added header lines included.</summary>
    public long Size { get; init; }

    /// <summary>The IMAP flags.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The first words of the text.</summary>
    public string Intro { get; init; } = string.Empty;

    /// <summary>Whether it has attachments that do not belong to its text.</summary>
    public bool HasAttachments { get; init; }
}
