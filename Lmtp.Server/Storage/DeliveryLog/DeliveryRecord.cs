using MongoDB.Bson;

namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>
/// What became of one attempt to deliver to one recipient, and why: an entry of the delivery log. It is about mail of
/// people; nothing of it goes into metrics or spans.
/// </summary>
public sealed record DeliveryRecord
{
    /// <summary>Identifies the entry; newer ones are greater.</summary>
    public required ObjectId Id { get; init; }

    /// <summary>When the attempt ended.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The server that made it.</summary>
    public required string Server { get; init; }

    /// <summary>Whether it ended at RCPT or after the message.</summary>
    public required DeliveryPhase Phase { get; init; }

    /// <summary>The LMTP session.</summary>
    public required string Session { get; init; }

    /// <summary>The transaction, shared by all recipients of a message; null when it ended before the message was read.</summary>
    public ObjectId? Transaction { get; init; }

    /// <summary>The client's address, or null on a Unix socket.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>The client's host name as far as it is known.</summary>
    public required string ClientHost { get; init; }

    /// <summary>The argument of LHLO.</summary>
    public required string LhloName { get; init; }

    /// <summary>The TLS cipher suite, or null.</summary>
    public string? TlsCipher { get; init; }

    /// <summary>The service account that authenticated, or null.</summary>
    public string? Account { get; init; }

    /// <summary>The MTA's queue id, or null.</summary>
    public string? QueueId { get; init; }

    /// <summary>ENVID of the sender, or null (RFC 3461).</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>The envelope sender, normalised; empty for the null reverse-path.</summary>
    public required string Sender { get; init; }

    /// <summary>The recipient as the client gave it.</summary>
    public required string Recipient { get; init; }

    /// <summary>The recipient, normalised, with dots and tag.</summary>
    public required string Address { get; init; }

    /// <summary>ORCPT as given, or null (RFC 3461).</summary>
    public string? OriginalRecipient { get; init; }

    /// <summary>How the address led to a user, step by step.</summary>
    public IReadOnlyList<ResolutionStep> Resolution { get; init; } = [];

    /// <summary>The user, or null when the address led to none.</summary>
    public ObjectId? User { get; init; }

    /// <summary>The size of the message as received, in bytes; null at RCPT.</summary>
    public long? Size { get; init; }

    /// <summary>The Message-ID header, or null.</summary>
    public string? MessageId { get; init; }

    /// <summary>The subject, where the settings allow it to be kept; else null.</summary>
    public string? Subject { get; init; }

    /// <summary>How it ended, in snake case.</summary>
    public required string Outcome { get; init; }

    /// <summary>The reply to the client.</summary>
    public required string Reply { get; init; }

    /// <summary>Every limit that was looked at.</summary>
    public IReadOnlyList<LimitReading> Limits { get; init; } = [];

    /// <summary>Every filter that was looked at, in order.</summary>
    public IReadOnlyList<FilterReading> Filters { get; init; } = [];

    /// <summary>The decision about spam; null when it was not asked for.</summary>
    public SpamReading? Spam { get; init; }

    /// <summary>Where the message was stored, or would have been; null when it did not come that far.</summary>
    public StoredPlace? Place { get; init; }

    /// <summary>Whether the stored message is encrypted, or why not; null where nobody asks for it.</summary>
    public EncryptionReading? Encryption { get; init; }

    /// <summary>The IMAP flags that the message got.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Forwards and autoreplies, those that were left out too.</summary>
    public IReadOnlyList<OutgoingReading> Outgoing { get; init; } = [];

    /// <summary>How long each stage took, in order.</summary>
    public IReadOnlyList<StageDuration> Stages { get; init; } = [];

    /// <summary>How long it took from the end of the message, or from RCPT, to the answer.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The trace that it belongs to, 32 hexadecimal digits, or null.</summary>
    public string? TraceId { get; init; }
}
