using System.Collections.Concurrent;
using System.Security.Cryptography;
using Lmtp.EmbeddedMongo.Engine;

namespace Lmtp.EmbeddedMongo.Commands.Cursors;

/// <summary>The cursors that clients have open. Those that nobody asks for are closed after a while.</summary>
/// <param name="options">The time-out.</param>
/// <param name="time">The clock.</param>
internal sealed class CursorRegistry(EmbeddedMongoOptions options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LongestSweepInterval = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<long, Cursor> _cursors = new();

    /// <summary>How many cursors are open.</summary>
    public int Count => _cursors.Count;

    /// <summary>Keeps a cursor that has more documents.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <returns>Its number, never 0.</returns>
    public long Add(Cursor cursor)
    {
        cursor.Touch(time.GetUtcNow());
        while (true)
        {
            var id = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
            if (id != 0 && _cursors.TryAdd(id, cursor))
            {
                return id;
            }
        }
    }

    /// <summary>Takes a cursor for a batch; while it is taken, nobody else gets it.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="ns">The namespace that the client names.</param>
    /// <returns>The cursor.</returns>
    /// <exception cref="CommandException">There is no such cursor, or it is of another namespace.</exception>
    public Cursor Take(long id, Namespace ns)
    {
        if (!_cursors.TryGetValue(id, out var cursor))
        {
            throw new CommandException(ErrorCode.CursorNotFound, $"cursor id {id} not found");
        }

        if (cursor.Namespace != ns.ToString())
        {
            throw new CommandException(
                ErrorCode.Unauthorized,
                $"Requested getMore on namespace '{ns}', but cursor belongs to a different namespace {cursor.Namespace}");
        }

        return _cursors.TryRemove(id, out cursor)
            ? cursor
            : throw new CommandException(ErrorCode.CursorInUse, $"cursor id {id} is already in use");
    }

    /// <summary>Puts a cursor back that has more documents.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="cursor">The cursor.</param>
    public void Return(long id, Cursor cursor)
    {
        cursor.Touch(time.GetUtcNow());
        _cursors[id] = cursor;
    }

    /// <summary>Closes a cursor.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="ns">The namespace that the client names.</param>
    /// <returns>False when there is no such cursor there.</returns>
    public bool Kill(long id, Namespace ns)
    {
        if (!_cursors.TryGetValue(id, out var cursor) || cursor.Namespace != ns.ToString() || !_cursors.TryRemove(id, out cursor))
        {
            return false;
        }

        cursor.Dispose();
        return true;
    }

    /// <summary>Closes the cursors that have been left alone for too long.</summary>
    public void CloseExpired()
    {
        var oldest = time.GetUtcNow() - options.CursorTimeout;
        foreach (var (id, cursor) in _cursors)
        {
            if (!cursor.NeverTimesOut && cursor.LastUsed < oldest && _cursors.TryRemove(id, out var expired))
            {
                expired.Dispose();
            }
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromTicks(Math.Clamp(
            options.CursorTimeout.Ticks, TimeSpan.TicksPerMillisecond, LongestSweepInterval.Ticks)), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                CloseExpired();
            }
        }
        catch (OperationCanceledException)
        {
            foreach (var cursor in _cursors.Values)
            {
                cursor.Dispose();
            }
        }
    }
}
