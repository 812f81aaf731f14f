namespace Lmtp.ServiceDefaults.Prometheus;

/// <summary>The values of one instrument with one set of tags. Every member is called under the metric's lock.</summary>
/// <param name="labels">The labels as they are written, without braces; empty for none.</param>
/// <param name="bounds">The upper bounds of a histogram's buckets; empty for other kinds.</param>
internal sealed class MetricSeries(string labels, IReadOnlyList<double> bounds)
{
    private readonly long[] _buckets = bounds.Count == 0 ? [] : new long[bounds.Count + 1];

    /// <summary>The labels as they are written.</summary>
    public string Labels => labels;

    /// <summary>The value, or the sum of a histogram's values.</summary>
    public double Value { get; private set; }

    /// <summary>How many values a histogram has counted.</summary>
    public long Count { get; private set; }

    /// <summary>How many values a histogram has counted in each bucket alone; the last one has no bound.</summary>
    public IReadOnlyList<long> Buckets => _buckets;

    /// <summary>The scrape in which an observable instrument gave this series last.</summary>
    public long Seen { get; private set; }

    /// <summary>Adds to a sum.</summary>
    public void Add(double value) => Value += value;

    /// <summary>Sets what was observed.</summary>
    public void Set(double value, long scrape)
    {
        Value = value;
        Seen = scrape;
    }

    /// <summary>Counts a value.</summary>
    public void Record(double value)
    {
        Value += value;
        Count++;
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        _buckets[bucket]++;
    }
}
