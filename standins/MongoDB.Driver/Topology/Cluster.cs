using System.Text;
using MongoDB.Bson;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Topology;

/// <summary>The servers of a client: finds the members of a replica set, follows its primary, and chooses servers.</summary>
internal sealed class Cluster : IDisposable
{
    private readonly MongoClientSettings _settings;
    private readonly ConnectionFactory _factory;
    private readonly Lock _lock = new();
    private readonly Dictionary<MongoServerAddress, Server> _servers = [];
    private TaskCompletionSource _changed = NewSignal();
    private BsonDocument _clusterTime;
    private bool _started;
    private bool _disposed;

    public Cluster(MongoClientSettings settings)
    {
        _settings = settings;
        _factory = new ConnectionFactory(settings);
    }

    /// <summary>The latest time that a replica set told, or null.</summary>
    public BsonDocument ClusterTime => Volatile.Read(ref _clusterTime);

    private bool IsDirect => _settings.DirectConnection || _settings.LoadBalanced;

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var server in _servers.Values)
            {
                server.Dispose();
            }
        }

        Signal();
    }

    /// <summary>Chooses a server; waits for one until the selection timeout.</summary>
    public async Task<Server> SelectAsync(ReadPreference readPreference, CancellationToken cancellationToken)
    {
        EnsureStarted();
        var startedAt = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            var server = ServerSelector.Choose(Snapshot(), readPreference, IsDirect, _settings.LocalThreshold);
            if (server is not null)
            {
                return server;
            }

            var left = _settings.ServerSelectionTimeout - TimeProvider.System.GetElapsedTime(startedAt);
            if (left <= TimeSpan.Zero)
            {
                throw new TimeoutException($"A timeout occurred after {_settings.ServerSelectionTimeout.TotalMilliseconds}ms selecting a server for {readPreference}. Client view of cluster state is {Describe()}.");
            }

            RequestChecks();
            try
            {
                await changed.WaitAsync(left, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // The loop ends with a message that says why.
            }
        }
    }

    public void AdvanceClusterTime(BsonDocument time)
    {
        lock (_lock)
        {
            if (_clusterTime is null || time["clusterTime"] > _clusterTime["clusterTime"])
            {
                Volatile.Write(ref _clusterTime, time);
            }
        }
    }

    public void OnServerChecked(Server server)
    {
        lock (_lock)
        {
            if (!IsDirect && server.Hello is { SetName: not null } hello)
            {
                Follow(server, hello);
            }
        }

        Signal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal() => Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();

    /// <summary>Takes over the members that a replica set names; the primary's word counts.</summary>
    private void Follow(Server server, HelloResult hello)
    {
        if (_settings.ReplicaSetName is { } wanted && hello.SetName != wanted)
        {
            Remove(server.Address);
            return;
        }

        foreach (var address in hello.Hosts)
        {
            Add(address);
        }

        if (!hello.IsWritablePrimary || hello.Hosts.Count == 0)
        {
            return;
        }

        foreach (var (address, other) in _servers.ToList())
        {
            if (!hello.Hosts.Contains(address))
            {
                Remove(address);
            }
            else if (other != server && other.Hello is { IsWritablePrimary: true })
            {
                other.Invalidate(null, clearPool: false);
            }
        }
    }

    private void EnsureStarted()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(MongoClient));
            if (!_started)
            {
                _started = true;
                foreach (var address in _settings.Servers)
                {
                    Add(address);
                }
            }
        }
    }

    private void Add(MongoServerAddress address)
    {
        if (!_disposed && !_servers.ContainsKey(address))
        {
            var server = new Server(address, this, _settings, _factory);
            _servers.Add(address, server);
            server.Start();
        }
    }

    private void Remove(MongoServerAddress address)
    {
        // The last server stays, as there would be nothing left to ask.
        if (_servers.Count > 1 && _servers.Remove(address, out var server))
        {
            server.Dispose();
        }
    }

    private List<Server> Snapshot()
    {
        lock (_lock)
        {
            return [.. _servers.Values];
        }
    }

    private void RequestChecks() => Snapshot().ForEach(server => server.RequestCheck());

    private string Describe()
    {
        var text = new StringBuilder("{ Servers : [");
        text.AppendJoin(", ", Snapshot().Select(server =>
            $"{{ EndPoint : \"{server.Address}\", State : \"{(server.Hello is null ? "Disconnected" : "Connected")}\"{(server.Error is null ? "" : $", HeartbeatException : \"{server.Error}\"")} }}"));
        return text.Append("] }").ToString();
    }
}
