using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Lmtp.Contracts;
using Lmtp.ServiceDefaults;

namespace Lmtp.Server.Api.Status;

/// <summary>Listens to the server's own instruments, so that there is one place only where things are counted.</summary>
internal sealed class LmtpStatistics : IHostedService, IDisposable
{
    private const string OutcomeTag = "lmtp.delivery.status";

    private readonly TimeProvider _time;
    private readonly DateTimeOffset _since;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, RecentCount> _recipients = new(StringComparer.Ordinal);
    private readonly RecentCount _connections;
    private readonly RecentCount _sessions;
    private readonly RecentCount _rejected;
    private readonly RecentCount _messages;
    private readonly RecentCount _bytes;
    private long _active;

    public LmtpStatistics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _since = time.GetUtcNow();
        (_connections, _sessions, _rejected) = (new(time), new(time), new(time));
        (_messages, _bytes) = (new(time), new(time));
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // The scope tells this server's instruments from those of another one in the same process.
            if (instrument.Meter.Name == TelemetryNames.Server && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    public LmtpStatsResponse Read() => new()
    {
        Since = _since,
        ActiveSessions = Interlocked.Read(ref _active),
        Connections = _connections.Read(),
        Sessions = _sessions.Read(),
        RejectedConnections = _rejected.Read(),
        Messages = _messages.Read(),
        Bytes = _bytes.Read(),
        Recipients = _recipients.ToDictionary(pair => pair.Key, pair => pair.Value.Read()),
    };

    private void Count(string instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        switch (instrument)
        {
            case "lmtp.server.active_sessions":
                Interlocked.Add(ref _active, value);
                _connections.Add(Math.Max(0, value));
                _sessions.Add(Math.Max(0, value));
                break;
            case "lmtp.server.rejected_connections":
                _connections.Add(value);
                _rejected.Add(value);
                break;
            case "lmtp.server.message.size":
                _messages.Add(1);
                _bytes.Add(value);
                break;
            case "lmtp.server.recipients":
                _recipients.GetOrAdd(Outcome(tags), static (_, time) => new RecentCount(time), _time).Add(value);
                break;
        }
    }

    private static string Outcome(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (key == OutcomeTag)
            {
                return value?.ToString() ?? string.Empty;
            }
        }

        return "unknown";
    }
}
