using System.Diagnostics.Metrics;
using Lmtp.ServiceDefaults;

namespace Lmtp.Server.Delivery.Records;

/// <summary>The instruments of the delivery log.</summary>
internal sealed class DeliveryLogMetrics
{
    private readonly Counter<long> _written;
    private readonly Counter<long> _dropped;

    public DeliveryLogMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(TelemetryNames.Server);
        _written = meter.CreateCounter<long>(
            "lmtp.delivery_log.written", "{entry}", "Entries of the delivery log that were written.");
        _dropped = meter.CreateCounter<long>(
            "lmtp.delivery_log.dropped", "{entry}", "Entries of the delivery log that were given up: too many waited.");
    }

    public void Written(int count) => _written.Add(count);

    public void Dropped(long count) => _dropped.Add(count);
}
