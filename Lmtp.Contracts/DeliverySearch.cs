namespace Lmtp.Contracts;

/// <summary>What to look for in the delivery log. What is null does not narrow the search.</summary>
public sealed record DeliverySearch
{
    /// <summary>The recipient's address.</summary>
    public string? Recipient { get; init; }

    /// <summary>The envelope sender; <c>&lt;&gt;</c> finds the null reverse-path.</summary>
    public string? Sender { get; init; }

    /// <summary>The MTA's queue id.</summary>
    public string? QueueId { get; init; }

    /// <summary>The Message-ID header, with or without its brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>The LMTP session.</summary>
    public string? Session { get; init; }

    /// <summary>The user's id.</summary>
    public string? User { get; init; }

    /// <summary>Any of these outcomes; none narrows nothing.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>The earliest time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time before which the deliveries ended.</summary>
    public DateTimeOffset? Before { get; init; }
}
