using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery.Spool;

/// <summary>
/// The memory that all messages in reception share, counted in segments. A message waits only for its first segment:
/// one that holds memory never waits for more but goes to its file, so that no two can wait for each other.
/// </summary>
internal sealed class SpoolMemoryBudget : IDisposable
{
    /// <summary>The unit in which memory is taken, in bytes.</summary>
    public const int SegmentSize = 64 * 1024;

    private readonly SemaphoreSlim _segments;

    public SpoolMemoryBudget(IOptions<DeliveryOptions> options)
    {
        Capacity = (int)Math.Clamp(options.Value.SpoolMemoryBudget / SegmentSize, 1, int.MaxValue);
        _segments = new SemaphoreSlim(Capacity, Capacity);
    }

    /// <summary>The number of segments there are.</summary>
    public int Capacity { get; }

    /// <summary>The number of segments in use.</summary>
    public int InUse => Capacity - _segments.CurrentCount;

    public Task TakeFirstAsync(CancellationToken cancellationToken) => _segments.WaitAsync(cancellationToken);

    public bool TryTakeMore() => _segments.Wait(0, CancellationToken.None);

    public void Return(int segments)
    {
        if (segments > 0)
        {
            _segments.Release(segments);
        }
    }

    public void Dispose() => _segments.Dispose();
}
