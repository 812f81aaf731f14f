namespace Lmtp.Contracts;

/// <summary>What happened from one time to another, at all servers together.</summary>
public sealed record StatisticsResponse
{
    /// <summary>When the first bucket begins.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>When the last bucket ends; it may not be over yet.</summary>
    public DateTimeOffset To { get; init; }

    /// <summary>The seconds of a bucket.</summary>
    public int Step { get; init; }

    /// <summary>All buckets together; its time is the beginning.</summary>
    public required StatisticsBucketResponse Total { get; init; }

    /// <summary>The buckets in the order of their times, those in which nothing happened too.</summary>
    public IReadOnlyList<StatisticsBucketResponse> Buckets { get; init; } = [];

    /// <summary>The recipient domains that most came for, the largest first.</summary>
    public IReadOnlyList<DomainStatisticsResponse> TopDomains { get; init; } = [];

    /// <summary>Attempts to deliver to users of all other domains.</summary>
    public long OtherRecipients { get; init; }
}
