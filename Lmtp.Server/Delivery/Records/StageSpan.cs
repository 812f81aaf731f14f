using System.Diagnostics;

namespace Lmtp.Server.Delivery.Records;

/// <summary>A stage under way.</summary>
internal readonly struct StageSpan : IDisposable
{
    private readonly TimeProvider _time;
    private readonly string _stage;
    private readonly DeliveryTrace[] _traces;
    private readonly long _started;
    private readonly Activity? _activity;

    public StageSpan(TimeProvider time, string stage, DeliveryTrace[] traces, Activity? parent)
    {
        _time = time;
        _stage = stage;
        _traces = traces;
        _started = time.GetTimestamp();
        _activity = DeliveryActivities.StartStage(stage, parent);
    }

    public void Dispose()
    {
        _activity?.Dispose();
        var duration = _time.GetElapsedTime(_started);
        foreach (var trace in _traces)
        {
            trace.Add(_stage, duration);
        }
    }
}
