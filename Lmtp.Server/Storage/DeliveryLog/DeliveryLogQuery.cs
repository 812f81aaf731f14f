using MongoDB.Bson;

namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>What to look for in the delivery log. What is null or empty does not narrow the search.</summary>
public sealed record DeliveryLogQuery
{
    /// <summary>The recipient, normalised.</summary>
    public string? Recipient { get; init; }

    /// <summary>The envelope sender, normalised; empty finds the null reverse-path.</summary>
    public string? Sender { get; init; }

    /// <summary>The MTA's queue id.</summary>
    public string? QueueId { get; init; }

    /// <summary>The Message-ID header with its brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>The LMTP session.</summary>
    public string? Session { get; init; }

    /// <summary>The user.</summary>
    public ObjectId? User { get; init; }

    /// <summary>Any of these outcomes, in snake case.</summary>
    public IReadOnlyCollection<string> Outcomes { get; init; } = [];

    /// <summary>The earliest time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time before which the entries must be.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Whether an entry is one of those looked for.</summary>
    public bool Matches(DeliveryRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Same(Recipient, record.Address)
            && Same(Sender, record.Sender)
            && Same(QueueId, record.QueueId)
            && Same(MessageId, record.MessageId)
            && Same(Session, record.Session)
            && (User is null || User == record.User)
            && (Outcomes.Count == 0 || Outcomes.Contains(record.Outcome))
            && (From is null || record.Time >= From)
            && (Before is null || record.Time < Before);
    }

    private static bool Same(string? wanted, string? actual) => wanted is null || wanted == actual;
}
