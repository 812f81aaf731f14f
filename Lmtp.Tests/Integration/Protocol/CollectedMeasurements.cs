using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>Keeps what the instruments of one server measure: their names and tags.</summary>
internal sealed class CollectedMeasurements : IDisposable
{
    private const string LimitCounter = "lmtp.server.limit.exceeded";

    private readonly MeterListener _listener;

    public CollectedMeasurements(LmtpHost host)
    {
        var factory = host.Get<IMeterFactory>();
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Lmtp.Server" && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Add(instrument, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, tags));
        _listener.Start();
    }

    public ConcurrentQueue<(string Name, string Tags)> All { get; } = [];

    /// <summary>The limits that were counted, each as often as it was.</summary>
    public IReadOnlyList<string> Limits => [.. All.Where(item => item.Name == LimitCounter).Select(item => item.Tags["lmtp.limit=".Length..])];

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        All.Enqueue((instrument.Name, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
}
