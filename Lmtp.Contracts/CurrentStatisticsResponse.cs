namespace Lmtp.Contracts;

/// <summary>What there is just now.</summary>
public sealed record CurrentStatisticsResponse
{
    /// <summary>Sessions open at the server that answers.</summary>
    public long ActiveSessions { get; init; }

    /// <summary>What waits.</summary>
    public required QueueDepthsResponse Queues { get; init; }

    /// <summary>What is stored; null before it was counted for the first time.</summary>
    public StorageStatisticsResponse? Storage { get; init; }
}
