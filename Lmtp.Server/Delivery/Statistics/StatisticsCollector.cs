using Lmtp.Server.Storage.DeliveryLog;
using Lmtp.Server.Storage.Statistics;

namespace Lmtp.Server.Delivery.Statistics;

/// <summary>Counts in memory, minute by minute, until the counts are fetched to be written. Never waits for anything slow.</summary>
internal sealed class StatisticsCollector(TimeProvider time)
{
    /// <summary>Recipients' domains that are kept apart within one interval; a client that invents them must not fill memory.</summary>
    private const int MaxDomains = 10_000;

    /// <summary>The minutes that are kept while the database is away.</summary>
    private const int MaxMinutes = 24 * 60;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<DateTimeOffset, StatisticsCounts> _minutes = [];

    /// <summary>Counts the end of an attempt to deliver to one recipient.</summary>
    public void Count(DeliveryRecord record)
    {
        var domain = record.User is null ? null : record.Address[(record.Address.LastIndexOf('@') + 1)..];
        lock (_lock)
        {
            var counts = Now();
            StatisticsCounts.Increase(counts.Outcomes, record.Outcome, 1);
            if (record.Phase == DeliveryPhase.Message)
            {
                StatisticsCounts.Increase(counts.Latencies, LatencyScale.BucketOf(record.Duration), 1);
            }

            if (domain is not null)
            {
                CountDomain(counts, domain, new DomainCount(1, record.Size ?? 0));
            }
        }
    }

    /// <summary>Counts sessions that have begun.</summary>
    public void CountSessions(long count)
    {
        lock (_lock)
        {
            Now().Sessions += count;
        }
    }

    /// <summary>Counts connections that were refused before a session.</summary>
    public void CountRejectedConnections(long count)
    {
        lock (_lock)
        {
            Now().RejectedConnections += count;
        }
    }

    /// <summary>Counts a message that was received.</summary>
    public void CountMessage(long bytes)
    {
        lock (_lock)
        {
            var counts = Now();
            counts.Messages++;
            counts.Bytes += bytes;
        }
    }

    /// <summary>Notes how much is stored.</summary>
    public void Note(StorageSample sample)
    {
        lock (_lock)
        {
            Now().Storage = sample;
        }
    }

    /// <summary>Hands over what was counted since the last call, by the minutes in which it was.</summary>
    public IReadOnlyList<KeyValuePair<DateTimeOffset, StatisticsCounts>> Take()
    {
        lock (_lock)
        {
            KeyValuePair<DateTimeOffset, StatisticsCounts>[] taken = [.. _minutes];
            _minutes.Clear();
            return taken;
        }
    }

    private static void CountDomain(StatisticsCounts counts, string domain, DomainCount count)
    {
        if (counts.Domains.Count < MaxDomains || counts.Domains.ContainsKey(domain))
        {
            counts.AddDomain(domain, count);
        }
        else
        {
            counts.OtherDomains += count;
        }
    }

    private StatisticsCounts Now()
    {
        var minute = StatisticsStore.StartOf(StatisticsStep.Minute, time.GetUtcNow());
        if (!_minutes.TryGetValue(minute, out var counts))
        {
            if (_minutes.Count == MaxMinutes)
            {
                _minutes.Remove(_minutes.First().Key);
            }

            _minutes[minute] = counts = new StatisticsCounts();
        }

        return counts;
    }
}
