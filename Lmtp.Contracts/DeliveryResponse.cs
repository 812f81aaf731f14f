namespace Lmtp.Contracts;

/// <summary>A delivery to one recipient, with everything that was decided on the way and why.</summary>
public sealed record DeliveryResponse : DeliverySummaryResponse
{
    /// <summary>The server that made the attempt.</summary>
    public required string Server { get; init; }

    /// <summary>Where it ended: <c>rcpt</c> or <c>message</c>.</summary>
    public required string Phase { get; init; }

    /// <summary>The id that all recipients of the message share, or null.</summary>
    public string? Transaction { get; init; }

    /// <summary>The client's address; null on a Unix socket.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>The client's host name as far as it is known.</summary>
    public required string ClientHost { get; init; }

    /// <summary>The argument of LHLO.</summary>
    public required string LhloName { get; init; }

    /// <summary>The TLS cipher suite, or null.</summary>
    public string? TlsCipher { get; init; }

    /// <summary>The service account that authenticated, or null.</summary>
    public string? Account { get; init; }

    /// <summary>ENVID of the sender, or null.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>ORCPT as given, or null.</summary>
    public string? OriginalRecipient { get; init; }

    /// <summary>How the address led to a user, step by step.</summary>
    public IReadOnlyList<ResolutionStepResponse> Resolution { get; init; } = [];

    /// <summary>Every limit that was looked at.</summary>
    public IReadOnlyList<LimitReadingResponse> Limits { get; init; } = [];

    /// <summary>Every filter that was looked at, in order.</summary>
    public IReadOnlyList<FilterReadingResponse> Filters { get; init; } = [];

    /// <summary>The decision about spam; null when it was not asked for.</summary>
    public SpamReadingResponse? Spam { get; init; }

    /// <summary>The id of the mailbox, or null.</summary>
    public string? MailboxId { get; init; }

    /// <summary>The UID of the stored message, or null.</summary>
    public long? Uid { get; init; }

    /// <summary>The modseq of the stored message, or null.</summary>
    public long? Modseq { get; init; }

    /// <summary>Whether the stored message is encrypted, or why not; null where nobody asks for it.</summary>
    public EncryptionReadingResponse? Encryption { get; init; }

    /// <summary>The IMAP flags that the message got.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Forwards and autoreplies, those that were left out too.</summary>
    public IReadOnlyList<OutgoingReadingResponse> Outgoing { get; init; } = [];

    /// <summary>How long each stage took, in order.</summary>
    public IReadOnlyList<StageDurationResponse> Stages { get; init; } = [];

    /// <summary>The OpenTelemetry trace, 32 hexadecimal digits, or null.</summary>
    public string? TraceId { get; init; }
}
