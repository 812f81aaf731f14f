using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Lmtp.ServiceDefaults.Prometheus;

/// <summary>
/// Keeps what this process's instruments measure and writes it as Prometheus reads it (text format 0.0.4). It needs no
/// package: the exporter of OpenTelemetry for Prometheus has no stable version.
/// </summary>
internal sealed class PrometheusExposition : IDisposable
{
    /// <summary>The media type of what is written.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Metric> _metrics = [];
    private readonly Lock _lock = new();
    private long _scrape;

    /// <summary>Begins to listen.</summary>
    /// <param name="meters">The names of the meters.</param>
    /// <param name="scope">
    /// Tells this host's instruments from those of another one in the same process; those of .NET itself have no scope.
    /// </param>
    public PrometheusExposition(IEnumerable<string> meters, object scope)
    {
        var names = meters.ToHashSet(StringComparer.Ordinal);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (names.Contains(instrument.Meter.Name) && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, scope)))
            {
                var metric = new Metric(instrument);
                _metrics[instrument] = metric;
                listener.EnableMeasurementEvents(instrument, metric);
            }
        };
        _listener.MeasurementsCompleted = (instrument, _) => _metrics.Remove(instrument, out Metric? _);
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, metric) => Take(value, tags, metric));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, metric) => Take(value, tags, metric));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, metric) => Take(value, tags, metric));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, metric) => Take(value, tags, metric));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, metric) => Take(value, tags, metric));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, metric) => Take(value, tags, metric));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, metric) => Take((double)value, tags, metric));
        _listener.Start();
    }

    /// <summary>Everything as it is now.</summary>
    public string Write()
    {
        lock (_lock)
        {
            Interlocked.Increment(ref _scrape);
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // An instrument that cannot be read is left out; the others were read.
            }

            var text = new StringBuilder();

            // One family of samples may come from several meters and must stand together.
            foreach (var family in _metrics.Values.GroupBy(metric => metric.Name).OrderBy(family => family.Key, StringComparer.Ordinal))
            {
                WriteFamily(text, [.. family]);
            }

            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private void WriteFamily(StringBuilder text, IReadOnlyList<Metric> metrics)
    {
        var first = metrics[0];
        var header = text.Length;
        if (first.Description.Length > 0)
        {
            var description = first.Description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"# HELP {first.Name} {description}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"# TYPE {first.Name} {first.Kind.ToString().ToLowerInvariant()}\n");
        var samples = text.Length;
        foreach (var metric in metrics.Where(metric => metric.Kind == first.Kind))
        {
            metric.Write(series => WriteSeries(text, metric, series), _scrape);
        }

        if (text.Length == samples)
        {
            text.Length = header;
        }
    }

    private static void WriteSeries(StringBuilder text, Metric metric, MetricSeries series)
    {
        if (metric.Kind != MetricKind.Histogram)
        {
            WriteSample(text, metric.Name, series.Labels, series.Value);
            return;
        }

        var count = 0L;
        for (var i = 0; i < series.Buckets.Count; i++)
        {
            count += series.Buckets[i];
            var bound = i < metric.Bounds.Count ? Number(metric.Bounds[i]) : "+Inf";
            WriteSample(text, $"{metric.Name}_bucket", $"{series.Labels},le=\"{bound}\"", count);
        }

        WriteSample(text, $"{metric.Name}_sum", series.Labels, series.Value);
        WriteSample(text, $"{metric.Name}_count", series.Labels, series.Count);
    }

    private static void WriteSample(StringBuilder text, string name, string labels, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name}{{{labels}}} {Number(value)}\n");

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? metric) =>
        ((Metric)metric!).Take(value, tags, Interlocked.Read(ref _scrape));
}
