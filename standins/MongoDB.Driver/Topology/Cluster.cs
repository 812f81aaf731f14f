using System.Collections.Concurrent;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Topology;

/// <summary>
/// Finds the server that takes writes: the only one, a router, or the primary of the replica set. It is looked for when
/// a command needs it and forgotten when a command shows that it has gone.
/// </summary>
internal sealed class Cluster(MongoClientSettings settings) : IAsyncDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<MongoServerAddress, ConnectionPool> _pools = new();
    private readonly SemaphoreSlim _discovery = new(1);
    private volatile ConnectionPool _primary;

    /// <exception cref="TimeoutException">No server could be selected in time.</exception>
    public async Task<PooledConnection> AcquireAsync(CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)settings.ServerSelectionTimeout.TotalMilliseconds;
        while (true)
        {
            var pool = _primary ?? await SelectAsync(deadline, cancellationToken).ConfigureAwait(false);
            try
            {
                return await pool.AcquireAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (MongoConnectionException exception) when (exception.IsNetworkException && Environment.TickCount64 < deadline)
            {
                await ForgetAsync(pool).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A command failed in a way that says the server is gone or no longer primary.</summary>
    public async Task ForgetAsync(ConnectionPool pool)
    {
        if (ReferenceEquals(_primary, pool))
        {
            _primary = null;
        }

        await pool.ClearAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools.Values)
        {
            await pool.DisposeAsync().ConfigureAwait(false);
        }

        _discovery.Dispose();
    }

    private async Task<ConnectionPool> SelectAsync(long deadline, CancellationToken cancellationToken)
    {
        await _discovery.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Exception last = null;
            while (_primary is null)
            {
                last = await DiscoverAsync(cancellationToken).ConfigureAwait(false) ?? last;
                if (_primary is null)
                {
                    ThrowIfLate(deadline, last);
                    await Task.Delay(RetryInterval, cancellationToken).ConfigureAwait(false);
                }
            }

            return _primary;
        }
        finally
        {
            _discovery.Release();
        }
    }

    private void ThrowIfLate(long deadline, Exception last)
    {
        if (last is MongoAuthenticationException)
        {
            throw new MongoConnectionException(((MongoAuthenticationException)last).ConnectionId, last.Message, last);
        }

        if (Environment.TickCount64 >= deadline)
        {
            throw new TimeoutException(
                $"A timeout occurred after {settings.ServerSelectionTimeout.TotalMilliseconds:F0}ms selecting a server among {string.Join(", ", settings.Servers)}: {last?.Message ?? "none takes writes"}",
                last);
        }
    }

    /// <summary>Asks every known member once; returns the last failure.</summary>
    private async Task<Exception> DiscoverAsync(CancellationToken cancellationToken)
    {
        Exception last = null;
        var asked = new HashSet<MongoServerAddress>();
        var toAsk = new Queue<MongoServerAddress>(settings.Servers);
        while (_primary is null && toAsk.TryDequeue(out var address))
        {
            if (!asked.Add(address))
            {
                continue;
            }

            try
            {
                var pool = _pools.GetOrAdd(address, key => new ConnectionPool(key, settings));
                await using var connection = await pool.AcquireAsync(cancellationToken).ConfigureAwait(false);
                Consider(pool, connection.Wire.Server, toAsk);
            }
            catch (Exception exception) when (exception is MongoException or TimeoutException)
            {
                last = exception;
            }
        }

        return last;
    }

    private void Consider(ConnectionPool pool, ServerDescription server, Queue<MongoServerAddress> toAsk)
    {
        var direct = settings.DirectConnection == true || (settings.ReplicaSetName is null && settings.Servers.Count() == 1 && server.SetName is null);
        var rightSet = settings.ReplicaSetName is null || settings.ReplicaSetName == server.SetName;
        if (direct || (server.IsWritable && rightSet))
        {
            _primary = pool;
            return;
        }

        foreach (var member in server.Members.Prepend(server.Primary).OfType<MongoServerAddress>())
        {
            toAsk.Enqueue(member);
        }
    }
}
