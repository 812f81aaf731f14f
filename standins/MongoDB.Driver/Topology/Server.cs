using System.Collections.Concurrent;
using MongoDB.Bson;
using MongoDB.Driver.Core.Servers;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Topology;

/// <summary>One server: what is known of it, its connections, and the task that watches it.</summary>
internal sealed class Server : IDisposable
{
    /// <summary>The shortest time between two checks of a server that somebody waits for.</summary>
    private static readonly TimeSpan MinHeartbeatInterval = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan MaintenanceInterval = TimeSpan.FromSeconds(10);

    private readonly ServerId _id;
    private readonly Cluster _cluster;
    private readonly MongoClientSettings _settings;
    private readonly ConnectionFactory _factory;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _checkRequested = new(0, 1);
    private readonly ConcurrentQueue<(string Database, string Collection, long CursorId)> _abandonedCursors = new();
    private Task _monitor;

    public Server(MongoServerAddress address, Cluster cluster, MongoClientSettings settings, ConnectionFactory factory)
    {
        _id = new ServerId(address);
        _cluster = cluster;
        _settings = settings;
        _factory = factory;
        Pool = new ConnectionPool(_id, settings, factory);
    }

    public MongoServerAddress Address => _id.Address;

    public ConnectionPool Pool { get; }

    /// <summary>The last state, or null while it is unknown.</summary>
    public HelloResult Hello { get; private set; }

    /// <summary>Why the state is unknown.</summary>
    public Exception Error { get; private set; }

    public TimeSpan RoundTripTime { get; private set; }

    public bool IsReplicaSetMember => Hello?.SetName is not null;

    public bool IsWritable => Hello is { } hello && (hello.IsWritablePrimary || hello.IsMongos);

    public bool IsSecondary => Hello is { IsSecondary: true };

    public void Start() => _monitor = Task.Run(() => MonitorAsync(_stop.Token));

    public void RequestCheck()
    {
        try
        {
            _checkRequested.Release();
        }
        catch (SemaphoreFullException)
        {
            // A check is due already.
        }
    }

    /// <summary>Forgets the state after an error of the network or a change of the primary, and looks again at once.</summary>
    public void Invalidate(Exception error, bool clearPool)
    {
        Hello = null;
        Error = error;
        if (clearPool)
        {
            Pool.Clear();
        }

        RequestCheck();
    }

    /// <summary>Lets the server forget a cursor that nobody will read to its end.</summary>
    public void Abandon(string database, string collection, long cursorId)
    {
        _abandonedCursors.Enqueue((database, collection, cursorId));
        RequestCheck();
    }

    public void Dispose()
    {
        _stop.Cancel();
        Pool.Dispose();
    }

    private async Task MonitorAsync(CancellationToken cancellationToken)
    {
        Connection connection = null;
        var lastMaintenance = Environment.TickCount64;
        try
        {
            while (true)
            {
                connection = await CheckAsync(connection, cancellationToken).ConfigureAwait(false);
                if (Hello is not null && (Environment.TickCount64 - lastMaintenance >= MaintenanceInterval.TotalMilliseconds || !_abandonedCursors.IsEmpty))
                {
                    lastMaintenance = Environment.TickCount64;
                    await MaintainAsync(cancellationToken).ConfigureAwait(false);
                }

                await Task.Delay(MinHeartbeatInterval, cancellationToken).ConfigureAwait(false);
                await _checkRequested.WaitAsync(_settings.HeartbeatInterval, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The client is closed.
        }
        finally
        {
            connection?.Dispose();
        }
    }

    /// <summary>Asks for the state; the connection that it returns is used for the next check.</summary>
    private async Task<Connection> CheckAsync(Connection connection, CancellationToken cancellationToken)
    {
        try
        {
            if (connection is null)
            {
                connection = await _factory.OpenAsync(_id, 0, _settings.HeartbeatTimeout, authenticate: false, cancellationToken).ConfigureAwait(false);
            }

            var startedAt = TimeProvider.System.GetTimestamp();
            var hello = await ConnectionFactory.HelloAsync(connection, cancellationToken).ConfigureAwait(false);
            var roundTrip = TimeProvider.System.GetElapsedTime(startedAt);

            // A moving average, as one slow answer says little.
            RoundTripTime = RoundTripTime == TimeSpan.Zero ? roundTrip : (RoundTripTime * 0.8) + (roundTrip * 0.2);
            Error = null;
            Hello = hello;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            connection?.Dispose();
            connection = null;
            Hello = null;
            Error = exception;
            Pool.Clear();
        }

        _cluster.OnServerChecked(this);
        return connection;
    }

    private async Task MaintainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Pool.MaintainAsync(cancellationToken).ConfigureAwait(false);
            while (_abandonedCursors.TryDequeue(out var cursor))
            {
                await KillCursorAsync(cursor.Database, cursor.Collection, cursor.CursorId, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            // The next check finds out what is wrong; the server ends unused cursors by itself.
            RequestCheck();
        }
    }

    private async Task KillCursorAsync(string database, string collection, long cursorId, CancellationToken cancellationToken)
    {
        var command = new DriverCommand(database, new BsonDocument { { "killCursors", collection }, { "cursors", new BsonArray { cursorId } } });
        var connection = await Pool.AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.ExchangeAsync(command, null, keep: false, CommandReply.Materialize(connection, command), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Pool.Release(connection);
        }
    }
}
