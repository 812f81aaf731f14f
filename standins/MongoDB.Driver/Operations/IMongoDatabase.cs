namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.IMongoDatabase.</summary>
public interface IMongoDatabase
{
    IMongoClient Client { get; }

    DatabaseNamespace DatabaseNamespace { get; }

    MongoDatabaseSettings Settings { get; }

    Task CreateCollectionAsync(string name, CreateCollectionOptions options = null, CancellationToken cancellationToken = default);

    Task DropCollectionAsync(string name, CancellationToken cancellationToken = default);

    IMongoCollection<TDocument> GetCollection<TDocument>(string name, MongoCollectionSettings settings = null);

    Task<IAsyncCursor<string>> ListCollectionNamesAsync(ListCollectionNamesOptions options = null, CancellationToken cancellationToken = default);

    Task<TResult> RunCommandAsync<TResult>(Command<TResult> command, ReadPreference readPreference = null, CancellationToken cancellationToken = default);

    IMongoDatabase WithReadPreference(ReadPreference readPreference);

    IMongoDatabase WithWriteConcern(WriteConcern writeConcern);
}
