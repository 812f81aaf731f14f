using Lmtp.Contracts;
using Lmtp.Server.Storage.Statistics;

namespace Lmtp.Server.Api.Statistics;

/// <summary>Writes counts as the API has them.</summary>
internal static class StatisticsMapping
{
    private const int TopDomains = 10;

    public static StatisticsResponse ToResponse(this StatisticsBuckets buckets, StatisticsCounts[] counts)
    {
        var total = new StatisticsCounts();
        foreach (var bucket in counts)
        {
            total.Add(bucket);
        }

        var all = ToResponse(total, buckets.From);
        total.KeepTopDomains(TopDomains);
        return new StatisticsResponse
        {
            From = buckets.From,
            To = buckets.To,
            Step = (int)buckets.Step.TotalSeconds,
            Total = all,
            Buckets = [.. counts.Select((bucket, i) => ToResponse(bucket, buckets.From + (i * buckets.Step)))],
            TopDomains =
            [
                .. total.Domains.OrderByDescending(static pair => pair.Value.Recipients).ThenBy(static pair => pair.Key, StringComparer.Ordinal)
                    .Select(static pair => new DomainStatisticsResponse(pair.Key, pair.Value.Recipients, pair.Value.Bytes)),
            ],
            OtherRecipients = total.OtherDomains.Recipients,
        };
    }

    public static StorageStatisticsResponse ToResponse(this StorageSample sample, DateTimeOffset countedAt) => new()
    {
        CountedAt = countedAt,
        Users = sample.Users,
        Messages = sample.Messages,
        Bytes = sample.Bytes,
        Attachments = sample.Attachments,
        AttachmentBytes = sample.AttachmentBytes,
    };

    private static StatisticsBucketResponse ToResponse(StatisticsCounts counts, DateTimeOffset time) => new()
    {
        Time = time,
        Sessions = counts.Sessions,
        RejectedConnections = counts.RejectedConnections,
        Messages = counts.Messages,
        Bytes = counts.Bytes,
        Outcomes = counts.Outcomes,
        Latency = new LatencyResponse(
            counts.Latencies.Values.Sum(),
            LatencyScale.Percentile(counts.Latencies, 0.5),
            LatencyScale.Percentile(counts.Latencies, 0.95),
            LatencyScale.Percentile(counts.Latencies, 0.99)),
        StoredBytes = counts.Storage?.Bytes,
    };
}
