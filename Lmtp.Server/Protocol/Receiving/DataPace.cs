using Lmtp.Server.Protocol.Configuration;

namespace Lmtp.Server.Protocol.Receiving;

/// <summary>
/// How long the session may wait for the next bytes of a message: until the client has been silent for too long, or
/// until its average has fallen below the minimum rate. Time in which the server itself was busy does not count.
/// </summary>
internal struct DataPace(LimitOptions limits, TimeProvider time)
{
    private TimeSpan _waited;
    private long _received;
    private long _waitingSince;

    /// <summary>Whether the last wait was bounded by the minimum rate and not by the limit of silence.</summary>
    public bool IsRateBound { get; private set; }

    /// <summary>Begins a wait; returns how long it may last.</summary>
    public TimeSpan BeginWait()
    {
        _waitingSince = time.GetTimestamp();
        if (limits.MinDataRate == 0)
        {
            return limits.DataTimeout;
        }

        var earned = TimeSpan.FromSeconds((double)_received / limits.MinDataRate);
        var allowed = (earned > limits.MinDataRateGrace ? earned : limits.MinDataRateGrace) - _waited;
        IsRateBound = allowed < limits.DataTimeout;
        return IsRateBound ? allowed : limits.DataTimeout;
    }

    /// <summary>Ends a wait that brought this many bytes.</summary>
    public void EndWait(long bytes)
    {
        _waited += time.GetElapsedTime(_waitingSince);
        _received += bytes;
    }
}
