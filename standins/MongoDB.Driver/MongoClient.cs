using MongoDB.Bson;
using MongoDB.Driver.Cursors;
using MongoDB.Driver.Operations;
using MongoDB.Driver.Topology;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver;

/// <summary>A client. Nothing is opened before the first operation.</summary>
public sealed class MongoClient : IMongoClient
{
    private readonly Shared _shared;
    private readonly bool _ownsShared;

    /// <summary>Creates a client of <c>localhost:27017</c>.</summary>
    public MongoClient()
        : this(new MongoClientSettings())
    {
    }

    /// <summary>Creates a client by a connection string.</summary>
    public MongoClient(string connectionString)
        : this(MongoClientSettings.FromConnectionString(connectionString))
    {
    }

    /// <summary>Creates a client by a connection string.</summary>
    public MongoClient(MongoUrl url)
        : this(MongoClientSettings.FromUrl(url))
    {
    }

    /// <summary>Creates a client.</summary>
    public MongoClient(MongoClientSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Scheme == Core.Configuration.ConnectionStringScheme.MongoDBPlusSrv)
        {
            throw new MongoConfigurationException("Finding servers by DNS (mongodb+srv) is not supported; name the servers.");
        }

        Settings = settings.Clone();
        _shared = new Shared(Settings);
        _ownsShared = true;
    }

    private MongoClient(MongoClientSettings settings, Shared shared)
    {
        Settings = settings;
        _shared = shared;
    }

    /// <inheritdoc />
    public MongoClientSettings Settings { get; }

    internal OperationExecutor Executor => _shared.Executor;

    /// <inheritdoc />
    public void Dispose()
    {
        if (_ownsShared)
        {
            _shared.Cluster.Dispose();
        }
    }

    /// <inheritdoc />
    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken = default)
    {
        var body = new BsonDocument("dropDatabase", 1).Add("writeConcern", () => Settings.WriteConcern.ToBsonDocument(), !Settings.WriteConcern.IsServerDefault);
        return Executor.WriteAsync(new DriverCommand(name, body), canRetry: false, keep: false, static (_, _) => true, cancellationToken);
    }

    /// <inheritdoc />
    public IMongoDatabase GetDatabase(string name, MongoDatabaseSettings settings = null)
    {
        var merged = (settings ?? new MongoDatabaseSettings()).Or(Settings.ReadConcern, Settings.ReadPreference, Settings.WriteConcern);
        return new MongoDatabase(this, new DatabaseNamespace(name), merged);
    }

    /// <inheritdoc />
    public async Task<IAsyncCursor<string>> ListDatabaseNamesAsync(CancellationToken cancellationToken = default)
    {
        var databases = await RunListAsync(new BsonDocument { { "listDatabases", 1 }, { "nameOnly", true } }, cancellationToken).ConfigureAwait(false);
        return new ListCursor<string>([.. databases.Select(database => database["name"].AsString)]);
    }

    /// <inheritdoc />
    public async Task<IAsyncCursor<BsonDocument>> ListDatabasesAsync(CancellationToken cancellationToken = default)
    {
        return new ListCursor<BsonDocument>(await RunListAsync(new BsonDocument("listDatabases", 1), cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc />
    public IMongoClient WithReadConcern(ReadConcern readConcern) => With(settings => settings.ReadConcern = readConcern);

    /// <inheritdoc />
    public IMongoClient WithReadPreference(ReadPreference readPreference) => With(settings => settings.ReadPreference = readPreference);

    /// <inheritdoc />
    public IMongoClient WithWriteConcern(WriteConcern writeConcern) => With(settings => settings.WriteConcern = writeConcern);

    private MongoClient With(Action<MongoClientSettings> change)
    {
        var settings = Settings.Clone();
        change(settings);
        return new MongoClient(settings, _shared);
    }

    private Task<List<BsonDocument>> RunListAsync(BsonDocument body, CancellationToken cancellationToken)
    {
        return Executor.ReadAsync(
            new DriverCommand("admin", body),
            Settings.ReadPreference,
            keep: false,
            static (_, reply) => DocumentReader.ReadAll<BsonDocument>(reply["databases"]),
            cancellationToken);
    }

    /// <summary>What clients with other settings of reading and writing have in common.</summary>
    private sealed class Shared
    {
        public Shared(MongoClientSettings settings)
        {
            Cluster = new Cluster(settings);
            Executor = new OperationExecutor(Cluster, new SessionPool(), settings);
        }

        public Cluster Cluster { get; }

        public OperationExecutor Executor { get; }
    }
}
