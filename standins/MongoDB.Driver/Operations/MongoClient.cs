using MongoDB.Bson;
using MongoDB.Driver.Core.Configuration;
using MongoDB.Driver.Topology;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.IMongoClient.</summary>
public interface IMongoClient : IDisposable
{
    MongoClientSettings Settings { get; }

    Task DropDatabaseAsync(string name, CancellationToken cancellationToken = default);

    IMongoDatabase GetDatabase(string name, MongoDatabaseSettings settings = null);

    Task<IAsyncCursor<string>> ListDatabaseNamesAsync(CancellationToken cancellationToken = default);
}

/// <summary>Mirrors MongoDB.Driver.MongoClient: the way to a server or replica set, with its connections.</summary>
public sealed class MongoClient : IMongoClient
{
    private readonly Cluster _cluster;
    private readonly CommandExecutor _executor;

    /// <summary>A client of mongodb://localhost:27017.</summary>
    public MongoClient()
        : this(new MongoClientSettings())
    {
    }

    public MongoClient(string connectionString)
        : this(MongoClientSettings.FromConnectionString(connectionString))
    {
    }

    public MongoClient(MongoUrl url)
        : this(MongoClientSettings.FromUrl(url))
    {
    }

    public MongoClient(MongoClientSettings settings)
    {
        Settings = settings.Clone();
        var events = new ClusterBuilder();
        settings.ClusterConfigurator?.Invoke(events);
        _cluster = new Cluster(Settings);
        _executor = new CommandExecutor(_cluster, Settings, events);
    }

    public MongoClientSettings Settings { get; }

    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken = default) =>
        _executor.WriteAsync(name, new BsonDocument("dropDatabase", 1), null, cancellationToken);

    public IMongoDatabase GetDatabase(string name, MongoDatabaseSettings settings = null) =>
        new MongoDatabase(this, new DatabaseNamespace(name), (settings ?? new MongoDatabaseSettings()).Inherit(Settings), _executor);

    public async Task<IAsyncCursor<string>> ListDatabaseNamesAsync(CancellationToken cancellationToken = default)
    {
        var command = new BsonDocument { { "listDatabases", 1 }, { "nameOnly", true } };
        var reply = await _executor.ReadAsync("admin", command, cancellationToken).ConfigureAwait(false);
        return new SingleBatchCursor<string>([.. reply.Document["databases"].AsBsonArray.Select(database => database["name"].AsString)]);
    }

    public void Dispose() => _ = _cluster.DisposeAsync().AsTask();
}
