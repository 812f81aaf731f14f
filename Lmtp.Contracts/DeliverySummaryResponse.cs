namespace Lmtp.Contracts;

/// <summary>A delivery to one recipient as a list shows it.</summary>
public record DeliverySummaryResponse
{
    /// <summary>The entry's id, 24 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>When the attempt ended.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The LMTP session; replies and log events name it too.</summary>
    public required string Session { get; init; }

    /// <summary>The MTA's queue id, or null.</summary>
    public string? QueueId { get; init; }

    /// <summary>The envelope sender; empty for the null reverse-path.</summary>
    public required string Sender { get; init; }

    /// <summary>The recipient as the client gave it.</summary>
    public required string Recipient { get; init; }

    /// <summary>The recipient, normalised, with its dots and tag.</summary>
    public required string Address { get; init; }

    /// <summary>The id of the user that has the address, or null.</summary>
    public string? User { get; init; }

    /// <summary>How it ended: <c>stored</c>, <c>duplicate</c>, <c>unknown_recipient</c> and so on.</summary>
    public required string Outcome { get; init; }

    /// <summary>The reply to the client.</summary>
    public required string Reply { get; init; }

    /// <summary>The size of the message in bytes; null when it ended at RCPT.</summary>
    public long? Size { get; init; }

    /// <summary>The Message-ID header, or null.</summary>
    public string? MessageId { get; init; }

    /// <summary>The subject, where the server's settings allow it to be kept; else null.</summary>
    public string? Subject { get; init; }

    /// <summary>The path of the mailbox at that time, or null.</summary>
    public string? Mailbox { get; init; }

    /// <summary>The id of the stored message, or null.</summary>
    public string? Message { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public double DurationMilliseconds { get; init; }
}
