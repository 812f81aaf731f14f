using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Lmtp.ServiceDefaults.Prometheus;

/// <summary>One instrument and the values that it has given, by its tags.</summary>
internal sealed class Metric
{
    /// <summary>Further sets of tags are counted together, as OpenTelemetry does, so that memory stays bounded.</summary>
    public const int MaxSeries = 2_000;

    private const string OverflowLabels = "otel_metric_overflow=\"true\"";

    // Those of OpenTelemetry's SDK for instruments that advise none.
    private static readonly double[] DefaultBounds = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<KeyValuePair<string, object?>[], MetricSeries> _byTags = new(TagComparer.Instance);
    private readonly bool _isObservable;
    private readonly bool _isDelta;
    private readonly string _scope;

    public Metric(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        Kind = KindOf(type);
        _isObservable = instrument.IsObservable;
        _isDelta = !_isObservable && type != typeof(Gauge<>);
        Name = PrometheusName.OfMetric(instrument, Kind);
        Description = instrument.Description ?? "";
        Bounds = Kind == MetricKind.Histogram ? BoundsOf(instrument) : [];
        _scope = $"otel_scope_name=\"{Escape(instrument.Meter.Name)}\"";
    }

    public string Name { get; }

    public string Description { get; }

    public MetricKind Kind { get; }

    public IReadOnlyList<double> Bounds { get; }

    /// <summary>Takes a measurement.</summary>
    /// <param name="value">The value.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="scrape">The number of the scrape that is going on.</param>
    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, long scrape)
    {
        lock (_lock)
        {
            var series = Find(tags);
            if (Kind == MetricKind.Histogram)
            {
                series.Record(value);
            }
            else if (_isDelta)
            {
                series.Add(value);
            }
            else
            {
                series.Set(value, scrape);
            }
        }
    }

    /// <summary>Writes all series that there are now; of an observable instrument those that it gave in this scrape.</summary>
    public void Write(Action<MetricSeries> write, long scrape)
    {
        lock (_lock)
        {
            foreach (var (labels, series) in _series.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList())
            {
                if (_isObservable && series.Seen != scrape)
                {
                    _series.Remove(labels);
                    _byTags.Clear();
                    continue;
                }

                write(series);
            }
        }
    }

    private static MetricKind KindOf(Type type) =>
        type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
        : type == typeof(Histogram<>) ? MetricKind.Histogram
        : MetricKind.Gauge;

    private static IReadOnlyList<double> BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds,
        Histogram<float> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => DefaultBounds,
    };

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var byTags = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        if (!byTags.TryGetValue(tags, out var series))
        {
            series = Find(LabelsOf(tags));
            if (_byTags.Count < MaxSeries)
            {
                byTags[tags] = series;
            }
        }

        return series;
    }

    private MetricSeries Find(string labels)
    {
        if (!_series.ContainsKey(labels) && _series.Count >= MaxSeries)
        {
            labels = $"{_scope},{OverflowLabels}";
        }

        if (!_series.TryGetValue(labels, out var series))
        {
            series = _series[labels] = new MetricSeries(labels, Bounds);
        }

        return series;
    }

    /// <summary>The labels in one order, whatever the order of the tags.</summary>
    private string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return _scope;
        }

        var labels = new StringBuilder(_scope);
        foreach (var (name, value) in tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            var text = value switch
            {
                bool flag => flag ? "true" : "false",
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                _ => value?.ToString() ?? "",
            };
            labels.Append(CultureInfo.InvariantCulture, $",{PrometheusName.OfLabel(name)}=\"{Escape(text)}\"");
        }

        return labels.ToString();
    }
}
