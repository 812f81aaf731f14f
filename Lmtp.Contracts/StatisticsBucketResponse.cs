namespace Lmtp.Contracts;

/// <summary>What happened within some time, at all servers together.</summary>
public sealed record StatisticsBucketResponse
{
    /// <summary>When it began.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>LMTP sessions that began.</summary>
    public long Sessions { get; init; }

    /// <summary>Connections refused before a session.</summary>
    public long RejectedConnections { get; init; }

    /// <summary>Messages received.</summary>
    public long Messages { get; init; }

    /// <summary>Bytes of the messages received.</summary>
    public long Bytes { get; init; }

    /// <summary>Attempts to deliver to one recipient, by outcome, in snake case.</summary>
    public IReadOnlyDictionary<string, long> Outcomes { get; init; } = new Dictionary<string, long>();

    /// <summary>How long deliveries took.</summary>
    public required LatencyResponse Latency { get; init; }

    /// <summary>Bytes that counted against quotas; null where they were not counted within the time.</summary>
    public long? StoredBytes { get; init; }
}
