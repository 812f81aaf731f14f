using MongoDB.Driver.Core.Servers;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Topology;

/// <summary>The connections to one server. The one used last is used next, so that those not needed grow old and are closed.</summary>
internal sealed class ConnectionPool : IDisposable
{
    private readonly ServerId _server;
    private readonly MongoClientSettings _settings;
    private readonly ConnectionFactory _factory;
    private readonly SemaphoreSlim _places;
    private readonly SemaphoreSlim _opening;
    private readonly Stack<Connection> _idle = new();
    private readonly Lock _lock = new();
    private int _generation;
    private bool _disposed;

    public ConnectionPool(ServerId server, MongoClientSettings settings, ConnectionFactory factory)
    {
        _server = server;
        _settings = settings;
        _factory = factory;
        _places = new SemaphoreSlim(settings.MaxConnectionPoolSize > 0 ? settings.MaxConnectionPoolSize : int.MaxValue);
        _opening = new SemaphoreSlim(settings.MaxConnecting);
    }

    public async Task<Connection> AcquireAsync(CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(_settings.WaitQueueTimeout, cancellationToken).ConfigureAwait(false))
        {
            throw new TimeoutException($"Timed out waiting for a connection after {_settings.WaitQueueTimeout.TotalMilliseconds}ms.");
        }

        try
        {
            return TakeIdle() ?? await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    public void Release(Connection connection)
    {
        lock (_lock)
        {
            if (!_disposed && IsUsable(connection))
            {
                _idle.Push(connection);
                connection = null;
            }
        }

        connection?.Dispose();
        _places.Release();
    }

    /// <summary>Closes every connection: those in use when they come back.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref _generation);
        Prune();
    }

    /// <summary>Closes what is too old, and opens what is missing from the wanted minimum.</summary>
    public async Task MaintainAsync(CancellationToken cancellationToken)
    {
        Prune();
        while (CountOpen() < _settings.MinConnectionPoolSize && await _places.WaitAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                Release(await OpenAsync(cancellationToken).ConfigureAwait(false));
            }
            catch
            {
                _places.Release();
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        Clear();
    }

    private int CountOpen()
    {
        lock (_lock)
        {
            return _idle.Count + (_settings.MaxConnectionPoolSize > 0 ? _settings.MaxConnectionPoolSize : int.MaxValue) - _places.CurrentCount;
        }
    }

    private bool IsUsable(Connection connection)
    {
        return !connection.IsBroken
            && connection.Generation == Volatile.Read(ref _generation)
            && connection.IdleTime < _settings.MaxConnectionIdleTime
            && connection.Age < _settings.MaxConnectionLifeTime;
    }

    private Connection TakeIdle()
    {
        while (true)
        {
            Connection connection;
            lock (_lock)
            {
                if (!_idle.TryPop(out connection))
                {
                    return null;
                }
            }

            if (IsUsable(connection))
            {
                return connection;
            }

            connection.Dispose();
        }
    }

    private async Task<Connection> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Another operation may have returned its connection while this one waited to open its own.
            return TakeIdle()
                ?? await _factory.OpenAsync(_server, Volatile.Read(ref _generation), _settings.SocketTimeout, authenticate: true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    private void Prune()
    {
        var closing = new List<Connection>();
        lock (_lock)
        {
            var kept = new List<Connection>(_idle.Count);
            while (_idle.TryPop(out var connection))
            {
                (!_disposed && IsUsable(connection) ? kept : closing).Add(connection);
            }

            for (var index = kept.Count - 1; index >= 0; index--)
            {
                _idle.Push(kept[index]);
            }
        }

        closing.ForEach(connection => connection.Dispose());
    }
}
