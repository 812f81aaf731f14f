namespace Lmtp.Contracts;

/// <summary>A message as a list shows it.</summary>
public record MessageSummaryResponse
{
    /// <summary>The message's id, 24 hexadecimal digits; the LMTP answer names it.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the mailbox it is in.</summary>
    public required string Mailbox { get; init; }

    /// <summary>The id of the thread it belongs to, or null.</summary>
    public string? Thread { get; init; }

    /// <summary>The UID within the mailbox.</summary>
    public long Uid { get; init; }

    /// <summary>The modseq of its last change.</summary>
    public long Modseq { get; init; }

    /// <summary>The subject, decoded.</summary>
    public required string Subject { get; init; }

    /// <summary>The authors in the From header.</summary>
    public IReadOnlyList<MessageAddressResponse> From { get; init; } = [];

    /// <summary>The addressees in the To header.</summary>
    public IReadOnlyList<MessageAddressResponse> To { get; init; } = [];

    /// <summary>The Message-ID header, or one that was made up.</summary>
    public required string MessageId { get; init; }

    /// <summary>The time in the Date header.</summary>
    public DateTimeOffset Date { get; init; }

    /// <summary>When it was delivered (INTERNALDATE).</summary>
    public DateTimeOffset Received { get; init; }

    /// <summary>The size in bytes (RFC822.SIZE).</summary>
    public long Size { get; init; }

    /// <summary>The IMAP flags.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The first words of the text.</summary>
    public string Intro { get; init; } = string.Empty;

    /// <summary>Whether it has attachments that do not belong to its text.</summary>
    public bool HasAttachments { get; init; }
}
