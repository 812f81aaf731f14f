using System.Runtime.InteropServices;

namespace Lmtp.Server.Storage.Statistics;

/// <summary>What happened within some time. Not safe for use by several threads at once.</summary>
internal sealed class StatisticsCounts
{
    /// <summary>LMTP sessions that began.</summary>
    public long Sessions { get; set; }

    /// <summary>Connections that were refused before a session.</summary>
    public long RejectedConnections { get; set; }

    /// <summary>Messages received.</summary>
    public long Messages { get; set; }

    /// <summary>The bytes of the messages received.</summary>
    public long Bytes { get; set; }

    /// <summary>Attempts for one recipient, by how they ended.</summary>
    public Dictionary<string, long> Outcomes { get; } = new(StringComparer.Ordinal);

    /// <summary>How long deliveries took from the end of the message to the answer: counts by <see cref="LatencyScale"/>.</summary>
    public Dictionary<int, long> Latencies { get; } = [];

    /// <summary>What came for the domains of users.</summary>
    public Dictionary<string, DomainCount> Domains { get; } = new(StringComparer.Ordinal);

    /// <summary>What came for domains that are not kept apart.</summary>
    public DomainCount OtherDomains { get; set; }

    /// <summary>The last that was known of what is stored; null where it was not counted within the time.</summary>
    public StorageSample? Storage { get; set; }

    public static void Increase<TKey>(Dictionary<TKey, long> counts, TKey key, long count)
        where TKey : notnull =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += count;

    /// <summary>Adds what happened within another time, a later one.</summary>
    public void Add(StatisticsCounts other)
    {
        Sessions += other.Sessions;
        RejectedConnections += other.RejectedConnections;
        Messages += other.Messages;
        Bytes += other.Bytes;
        OtherDomains += other.OtherDomains;
        Storage = other.Storage ?? Storage;
        foreach (var (outcome, count) in other.Outcomes)
        {
            Increase(Outcomes, outcome, count);
        }

        foreach (var (bucket, count) in other.Latencies)
        {
            Increase(Latencies, bucket, count);
        }

        foreach (var (domain, count) in other.Domains)
        {
            AddDomain(domain, count);
        }
    }

    public void AddDomain(string domain, DomainCount count) =>
        CollectionsMarshal.GetValueRefOrAddDefault(Domains, domain, out _) += count;

    /// <summary>Keeps the domains that most came for; the rest goes to <see cref="OtherDomains"/>.</summary>
    public void KeepTopDomains(int count)
    {
        if (Domains.Count <= count)
        {
            return;
        }

        foreach (var (domain, found) in Domains.OrderByDescending(static pair => pair.Value.Recipients).Skip(count).ToList())
        {
            Domains.Remove(domain);
            OtherDomains += found;
        }
    }
}
