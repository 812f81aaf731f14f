using MongoDB.Bson;
using MongoDB.Driver.Topology;

namespace MongoDB.Driver;

/// <summary>A database by name; it appears on the server with its first collection.</summary>
internal sealed class MongoDatabase(IMongoClient client, DatabaseNamespace name, MongoDatabaseSettings settings, CommandExecutor executor) : IMongoDatabase
{
    public IMongoClient Client => client;

    public DatabaseNamespace DatabaseNamespace => name;

    public MongoDatabaseSettings Settings => settings;

    public Task CreateCollectionAsync(string collection, CreateCollectionOptions options = null, CancellationToken cancellationToken = default)
    {
        var command = new BsonDocument("create", collection);
        command.Add("storageEngine", options?.StorageEngine, options?.StorageEngine is not null);
        return executor.WriteAsync(name.DatabaseName, command, null, cancellationToken);
    }

    public async Task DropCollectionAsync(string collection, CancellationToken cancellationToken = default)
    {
        const int NamespaceNotFound = 26;
        try
        {
            await executor.WriteAsync(name.DatabaseName, new BsonDocument("drop", collection), null, cancellationToken).ConfigureAwait(false);
        }
        catch (MongoCommandException exception) when (exception.Code == NamespaceNotFound)
        {
            return;
        }
    }

    public IMongoCollection<TDocument> GetCollection<TDocument>(string collection, MongoCollectionSettings collectionSettings = null) =>
        new MongoCollection<TDocument>(
            this,
            new CollectionNamespace(name, collection),
            (collectionSettings ?? new MongoCollectionSettings()).Inherit(settings),
            executor);

    public async Task<IAsyncCursor<string>> ListCollectionNamesAsync(ListCollectionNamesOptions options = null, CancellationToken cancellationToken = default)
    {
        var command = new BsonDocument { { "listCollections", 1 }, { "nameOnly", true }, { "cursor", new BsonDocument() } };
        command.Add("filter", () => options.Filter.Render(), options?.Filter is not null);
        var reply = await executor.ReadAsync(name.DatabaseName, command, cancellationToken).ConfigureAwait(false);
        var source = new CollectionNamespace(name, "$cmd.listCollections");
        var collections = await new AsyncCursor<BsonDocument>(executor, source, reply.Document["cursor"].AsBsonDocument, null, null)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return new SingleBatchCursor<string>([.. collections.Select(collection => collection["name"].AsString)]);
    }

    public async Task<TResult> RunCommandAsync<TResult>(Command<TResult> command, ReadPreference readPreference = null, CancellationToken cancellationToken = default)
    {
        var reply = await executor.WriteAsync(name.DatabaseName, command.Render(), null, cancellationToken).ConfigureAwait(false);
        return DocumentCodec<TResult>.Decode(reply.Document);
    }

    public IMongoDatabase WithReadPreference(ReadPreference readPreference) => new MongoDatabase(
        client,
        name,
        new MongoDatabaseSettings { ReadConcern = settings.ReadConcern, ReadPreference = readPreference, WriteConcern = settings.WriteConcern },
        executor);

    public IMongoDatabase WithWriteConcern(WriteConcern writeConcern) => new MongoDatabase(
        client,
        name,
        new MongoDatabaseSettings { ReadConcern = settings.ReadConcern, ReadPreference = settings.ReadPreference, WriteConcern = writeConcern },
        executor);
}
