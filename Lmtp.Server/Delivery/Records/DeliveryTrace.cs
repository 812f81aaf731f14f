using System.Diagnostics;
using Lmtp.Server.Storage.DeliveryLog;

namespace Lmtp.Server.Delivery.Records;

/// <summary>How long the stages of one delivery took, for the delivery log and for its spans.</summary>
internal sealed class DeliveryTrace(TimeProvider time, Activity? activity = null)
{
    private readonly List<StageDuration> _stages = [];

    /// <summary>The stages that have ended, in order.</summary>
    public IReadOnlyList<StageDuration> Stages => _stages;

    /// <summary>The span of the delivery; null when nobody listens.</summary>
    public Activity? Activity { get; } = activity;

    /// <summary>Begins a stage; disposing ends it.</summary>
    public StageSpan Begin(string stage) => new(time, stage, [this], Activity);

    /// <summary>Begins a stage that is done once for several deliveries.</summary>
    public static StageSpan BeginShared(TimeProvider time, string stage, IEnumerable<DeliveryJob> jobs) =>
        new(time, stage, [.. jobs.Select(job => job.Trace)], null);

    internal void Add(string stage, TimeSpan duration) => _stages.Add(new StageDuration(stage, duration));
}
