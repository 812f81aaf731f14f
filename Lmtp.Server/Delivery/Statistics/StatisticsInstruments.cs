using System.Diagnostics.Metrics;
using Lmtp.ServiceDefaults;

namespace Lmtp.Server.Delivery.Statistics;

/// <summary>Takes sessions and messages from the server's own instruments, which count them already.</summary>
internal sealed class StatisticsInstruments : IHostedService, IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly StatisticsCollector _collector;

    public StatisticsInstruments(IMeterFactory meters, StatisticsCollector collector)
    {
        _collector = collector;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // The scope tells this server's instruments from those of another one in the same process.
            if (instrument.Meter.Name == TelemetryNames.Server && ReferenceEquals(instrument.Meter.Scope, meters)
                && instrument.Name is "lmtp.server.active_sessions" or "lmtp.server.rejected_connections" or "lmtp.server.message.size")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Count(instrument.Name, value));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    private void Count(string instrument, long value)
    {
        switch (instrument)
        {
            case "lmtp.server.active_sessions" when value > 0:
                _collector.CountSessions(value);
                break;
            case "lmtp.server.rejected_connections":
                _collector.CountRejectedConnections(value);
                break;
            case "lmtp.server.message.size":
                _collector.CountMessage(value);
                break;
        }
    }
}
