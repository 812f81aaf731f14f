using System.Diagnostics;
using System.Diagnostics.Metrics;
using Lmtp.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery;

/// <summary>The instruments of delivery; nothing that names a person is an attribute.</summary>
internal sealed class DeliveryMetrics
{
    private readonly Histogram<double> _duration;

    public DeliveryMetrics(IMeterFactory factory, Spool.SpoolMemoryBudget budget, IOptions<DeliveryOptions> options)
    {
        var meter = factory.Create(TelemetryNames.Server);
        _duration = meter.CreateHistogram<double>(
            "lmtp.delivery.duration", "s", "How long deliveries to one recipient took, by outcome.");
        meter.CreateObservableUpDownCounter(
            "lmtp.spool.memory.usage",
            () => (long)budget.InUse * Spool.SpoolMemoryBudget.UnitSize,
            "By",
            "Memory that messages in reception hold.");
        meter.CreateObservableUpDownCounter(
            "lmtp.spool.memory.limit",
            () => (long)budget.Capacity * Spool.SpoolMemoryBudget.UnitSize,
            "By",
            "Memory that messages in reception may hold.");
        meter.CreateObservableUpDownCounter(
            "lmtp.server.message.depth.limit", () => options.Value.MaxMimeDepth, "{level}", "How deep the parts of a message may be nested.");
        meter.CreateObservableCounter(
            "lmtp.spool.memory.waits", () => budget.Waits, "{message}", "Messages that had to wait for memory; their senders were held back.");
    }

    public void Delivered(DeliveryStatus status, TimeSpan duration)
    {
        if (!_duration.Enabled)
        {
            return;
        }

        var tags = new TagList { { "lmtp.delivery.status", status.ToString() } };
        if (status is not (DeliveryStatus.Stored or DeliveryStatus.Duplicate or DeliveryStatus.Dropped or DeliveryStatus.Forwarded))
        {
            tags.Add("error.type", status.ToString());
        }

        _duration.Record(duration.TotalSeconds, tags);
    }
}
