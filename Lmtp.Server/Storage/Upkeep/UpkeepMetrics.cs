using System.Diagnostics.Metrics;
using Lmtp.ServiceDefaults;

namespace Lmtp.Server.Storage.Upkeep;

/// <summary>The instruments of upkeep.</summary>
internal sealed class UpkeepMetrics
{
    private readonly Counter<long> _removed;
    private readonly Histogram<double> _duration;

    public UpkeepMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(TelemetryNames.Server);
        _removed = meter.CreateCounter<long>("lmtp.upkeep.removed", "{item}", "What upkeep removed, by task.");
        _duration = meter.CreateHistogram<double>("lmtp.upkeep.duration", "s", "How long tasks of upkeep took.");
    }

    public void Ran(string task, int removed, TimeSpan duration, Exception? failure)
    {
        var tag = KeyValuePair.Create<string, object?>("lmtp.upkeep.task", task);
        _removed.Add(removed, tag);
        if (failure is null)
        {
            _duration.Record(duration.TotalSeconds, tag);
        }
        else
        {
            _duration.Record(duration.TotalSeconds, tag, KeyValuePair.Create<string, object?>("error.type", failure.GetType().FullName));
        }
    }
}
