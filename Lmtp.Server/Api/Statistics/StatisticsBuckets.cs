using Lmtp.Server.Storage.Statistics;

namespace Lmtp.Server.Api.Statistics;

/// <summary>Times of the same length, one after the other.</summary>
/// <param name="From">When the first begins.</param>
/// <param name="To">When the last ends.</param>
/// <param name="Step">How long each is.</param>
/// <param name="Source">What they are added up from.</param>
internal readonly record struct StatisticsBuckets(DateTimeOffset From, DateTimeOffset To, TimeSpan Step, StatisticsStep Source)
{
    /// <summary>The fewest buckets that the time lies in; they begin at multiples of their length since 1970, in UTC.</summary>
    public static StatisticsBuckets Around(DateTimeOffset from, DateTimeOffset to, TimeSpan step, bool areHours)
    {
        var (first, last) = (Floor(from, step), Floor(to, step));
        return new StatisticsBuckets(first, last < to ? last + step : last, step, areHours ? StatisticsStep.Hour : StatisticsStep.Minute);
    }

    /// <summary>Adds up what was read, bucket by bucket.</summary>
    public StatisticsCounts[] AddUp(IEnumerable<(DateTimeOffset Time, StatisticsCounts Counts)> found)
    {
        var buckets = new StatisticsCounts[(int)((To - From) / Step)];
        for (var i = 0; i < buckets.Length; i++)
        {
            buckets[i] = new StatisticsCounts();
        }

        foreach (var (time, counts) in found)
        {
            buckets[(int)((time - From) / Step)].Add(counts);
        }

        return buckets;
    }

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan step)
    {
        var sinceEpoch = (time - DateTimeOffset.UnixEpoch).Ticks;
        return DateTimeOffset.UnixEpoch.AddTicks(Math.Max(0, sinceEpoch - (sinceEpoch % step.Ticks)));
    }
}
