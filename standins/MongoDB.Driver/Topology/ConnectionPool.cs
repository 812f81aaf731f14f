using System.Collections.Concurrent;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Topology;

/// <summary>The connections to one server; the most recently used one is handed out first.</summary>
internal sealed class ConnectionPool(MongoServerAddress address, MongoClientSettings settings) : IAsyncDisposable
{
    private readonly ConcurrentStack<WireConnection> _idle = new();
    private readonly SemaphoreSlim _places = new(settings.MaxConnectionPoolSize == 0 ? int.MaxValue : settings.MaxConnectionPoolSize);
    private int _generation;
    private bool _disposed;

    public MongoServerAddress Address { get; } = address;

    public async Task<PooledConnection> AcquireAsync(CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(settings.WaitQueueTimeout, cancellationToken).ConfigureAwait(false))
        {
            throw new TimeoutException($"No connection to {Address} came free within {settings.WaitQueueTimeout}.");
        }

        try
        {
            var generation = Volatile.Read(ref _generation);
            while (_idle.TryPop(out var idle))
            {
                if (IsFresh(idle))
                {
                    return new PooledConnection(this, idle, generation);
                }

                await idle.DisposeAsync().ConfigureAwait(false);
            }

            var connection = await WireConnection.OpenAsync(Address, settings, cancellationToken).ConfigureAwait(false);
            return new PooledConnection(this, connection, generation);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Forgets all connections made so far: the server went away, or is no longer what it was.</summary>
    public async Task ClearAsync()
    {
        Interlocked.Increment(ref _generation);
        while (_idle.TryPop(out var connection))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask ReleaseAsync(WireConnection connection, int generation)
    {
        if (connection.IsUsable && generation == Volatile.Read(ref _generation) && !_disposed)
        {
            _idle.Push(connection);
        }
        else
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        _places.Release();
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await ClearAsync().ConfigureAwait(false);
    }

    private bool IsFresh(WireConnection connection) =>
        connection.IsUsable
        && Environment.TickCount64 - connection.LastUsed < settings.MaxConnectionIdleTime.TotalMilliseconds
        && !connection.IsClosedByPeer;
}
