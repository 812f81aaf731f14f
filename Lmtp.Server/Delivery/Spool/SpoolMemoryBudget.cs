using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery.Spool;

/// <summary>
/// The memory that all messages in reception share, counted in units. A message waits only for its first unit: one that
/// holds memory never waits for more but goes to its file, so that no two can wait for each other. The first unit is
/// small, so that many senders that send next to nothing cannot use the memory up.
/// </summary>
internal sealed class SpoolMemoryBudget : IDisposable
{
    /// <summary>What a message begins with, in bytes.</summary>
    public const int UnitSize = 4 * 1024;

    /// <summary>What it takes when that is not enough, in bytes.</summary>
    public const int SegmentSize = 64 * 1024;

    private readonly SemaphoreSlim _units;
    private long _waits;

    public SpoolMemoryBudget(IOptions<DeliveryOptions> options)
    {
        Capacity = (int)Math.Clamp(options.Value.SpoolMemoryBudget / UnitSize, 1, int.MaxValue);
        _units = new SemaphoreSlim(Capacity, Capacity);
    }

    /// <summary>The number of units there are.</summary>
    public int Capacity { get; }

    /// <summary>The number of units in use.</summary>
    public int InUse => Capacity - _units.CurrentCount;

    /// <summary>How often a message had to wait for its first unit.</summary>
    public long Waits => Interlocked.Read(ref _waits);

    public Task TakeFirstAsync(CancellationToken cancellationToken)
    {
        var taking = _units.WaitAsync(cancellationToken);
        if (!taking.IsCompleted)
        {
            Interlocked.Increment(ref _waits);
        }

        return taking;
    }

    /// <summary>Takes all of these units or none, without waiting.</summary>
    public bool TryTake(int units)
    {
        for (var taken = 0; taken < units; taken++)
        {
            if (!_units.Wait(0, CancellationToken.None))
            {
                Return(taken);
                return false;
            }
        }

        return true;
    }

    public void Return(int units)
    {
        if (units > 0)
        {
            _units.Release(units);
        }
    }

    public void Dispose() => _units.Dispose();
}
