using Lmtp.Contracts;

namespace Lmtp.Server.Api.Status;

/// <summary>Counts since the start and, second by second, over the last minute.</summary>
internal sealed class RecentCount(TimeProvider time)
{
    private const int Seconds = 60;

    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[Seconds];
    private readonly long[] _stamps = new long[Seconds];
    private long _total;

    public void Add(long count)
    {
        lock (_lock)
        {
            var second = Now();
            var slot = second % Seconds;
            _counts[slot] = (_stamps[slot] == second ? _counts[slot] : 0) + count;
            _stamps[slot] = second;
            _total += count;
        }
    }

    public RateResponse Read()
    {
        lock (_lock)
        {
            var oldest = Now() - Seconds;
            var recent = 0L;
            for (var slot = 0; slot < Seconds; slot++)
            {
                recent += _stamps[slot] > oldest ? _counts[slot] : 0;
            }

            return new RateResponse(_total, recent);
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}
