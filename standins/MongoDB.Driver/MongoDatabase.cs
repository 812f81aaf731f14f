using MongoDB.Bson;
using MongoDB.Driver.Cursors;
using MongoDB.Driver.Operations;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver;

/// <summary>A database of a client.</summary>
internal sealed class MongoDatabase(MongoClient client, DatabaseNamespace databaseNamespace, MongoDatabaseSettings settings) : IMongoDatabase
{
    public IMongoClient Client => client;

    public DatabaseNamespace DatabaseNamespace { get; } = databaseNamespace;

    public MongoDatabaseSettings Settings { get; } = settings;

    internal OperationExecutor Executor => client.Executor;

    public Task CreateCollectionAsync(string name, CreateCollectionOptions options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= new CreateCollectionOptions();
        var body = new BsonDocument("create", name)
            .Add("capped", options.Capped, options.Capped.HasValue)
            .Add("size", options.MaxSize, options.MaxSize.HasValue)
            .Add("max", options.MaxDocuments, options.MaxDocuments.HasValue)
            .Add("storageEngine", options.StorageEngine, options.StorageEngine is not null)
            .Add("collation", () => options.Collation.ToBsonDocument(), options.Collation is not null)
            .Add("expireAfterSeconds", () => (long)options.ExpireAfter.Value.TotalSeconds, options.ExpireAfter.HasValue);
        return WriteAsync(body, cancellationToken);
    }

    public Task DropCollectionAsync(string name, CancellationToken cancellationToken = default) => DropCollectionAsync(name, null, cancellationToken);

    public async Task DropCollectionAsync(string name, DropCollectionOptions options, CancellationToken cancellationToken = default)
    {
        const int NamespaceNotFound = 26;
        try
        {
            await WriteAsync(new BsonDocument("drop", name), cancellationToken).ConfigureAwait(false);
        }
        catch (MongoCommandException exception) when (exception.Code == NamespaceNotFound || exception.ErrorMessage == "ns not found")
        {
            // What is to be dropped is not there.
        }
    }

    public IMongoCollection<TDocument> GetCollection<TDocument>(string name, MongoCollectionSettings settings = null)
    {
        var merged = (settings ?? new MongoCollectionSettings()).Or(Settings.ReadConcern, Settings.ReadPreference, Settings.WriteConcern);
        return new MongoCollection<TDocument>(this, new CollectionNamespace(DatabaseNamespace, name), merged);
    }

    public async Task<IAsyncCursor<string>> ListCollectionNamesAsync(ListCollectionNamesOptions options = null, CancellationToken cancellationToken = default)
    {
        var filter = options?.Filter?.Render(RenderArgs<BsonDocument>.Default);
        var body = new BsonDocument { { "listCollections", 1 }, { "nameOnly", true } }
            .Add("filter", filter, filter is not null)
            .Add("authorizedCollections", options?.AuthorizedCollections, options?.AuthorizedCollections is not null)
            .Add("comment", options?.Comment, options?.Comment is not null)
            .Add("cursor", new BsonDocument());
        var cursor = await ListAsync(body, null, cancellationToken).ConfigureAwait(false);
        return new MappedCursor<BsonDocument, string>(cursor, collection => collection["name"].AsString);
    }

    public Task<IAsyncCursor<BsonDocument>> ListCollectionsAsync(ListCollectionsOptions options = null, CancellationToken cancellationToken = default)
    {
        var filter = options?.Filter?.Render(RenderArgs<BsonDocument>.Default);
        var body = new BsonDocument("listCollections", 1)
            .Add("filter", filter, filter is not null)
            .Add("comment", options?.Comment, options?.Comment is not null)
            .Add("cursor", new BsonDocument().Add("batchSize", options?.BatchSize, options?.BatchSize is not null));
        return ListAsync(body, options?.BatchSize, cancellationToken);
    }

    public Task<TResult> RunCommandAsync<TResult>(Command<TResult> command, ReadPreference readPreference = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Executor.ReadOnceAsync(
            new DriverCommand(DatabaseNamespace.DatabaseName, command.RenderDocument()),
            readPreference ?? ReadPreference.Primary,
            DocumentReader.Keeps<TResult>(),
            static (_, reply) => DocumentReader.Read<TResult>(reply),
            cancellationToken);
    }

    public IMongoDatabase WithReadConcern(ReadConcern readConcern) => With(changed => changed.ReadConcern = readConcern);

    public IMongoDatabase WithReadPreference(ReadPreference readPreference) => With(changed => changed.ReadPreference = readPreference);

    public IMongoDatabase WithWriteConcern(WriteConcern writeConcern) => With(changed => changed.WriteConcern = writeConcern);

    private MongoDatabase With(Action<MongoDatabaseSettings> change)
    {
        var changed = Settings.Clone();
        change(changed);
        return new MongoDatabase(client, DatabaseNamespace, changed);
    }

    private Task<bool> WriteAsync(BsonDocument body, CancellationToken cancellationToken)
    {
        body.Add("writeConcern", () => Settings.WriteConcern.ToBsonDocument(), !Settings.WriteConcern.IsServerDefault);
        var command = new DriverCommand(DatabaseNamespace.DatabaseName, body);
        return Executor.WriteAsync(command, canRetry: false, keep: false, static (_, _) => true, cancellationToken);
    }

    private Task<IAsyncCursor<BsonDocument>> ListAsync(BsonDocument body, int? batchSize, CancellationToken cancellationToken)
    {
        return Executor.ReadAsync(
            new DriverCommand(DatabaseNamespace.DatabaseName, body),
            Settings.ReadPreference,
            keep: false,
            AsyncCursor<BsonDocument>.Open(Executor, new CursorOptions(batchSize)),
            cancellationToken);
    }
}
