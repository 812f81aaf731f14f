using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>A database.</summary>
public interface IMongoDatabase
{
    /// <summary>The client.</summary>
    IMongoClient Client { get; }

    /// <summary>The name.</summary>
    DatabaseNamespace DatabaseNamespace { get; }

    /// <summary>The settings.</summary>
    MongoDatabaseSettings Settings { get; }

    /// <summary>Creates a collection.</summary>
    Task CreateCollectionAsync(string name, CreateCollectionOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>Drops a collection; a missing one is no error.</summary>
    Task DropCollectionAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Drops a collection; a missing one is no error.</summary>
    Task DropCollectionAsync(string name, DropCollectionOptions options, CancellationToken cancellationToken = default);

    /// <summary>A collection by its name.</summary>
    IMongoCollection<TDocument> GetCollection<TDocument>(string name, MongoCollectionSettings settings = null);

    /// <summary>The names of the collections.</summary>
    Task<IAsyncCursor<string>> ListCollectionNamesAsync(ListCollectionNamesOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>The collections.</summary>
    Task<IAsyncCursor<BsonDocument>> ListCollectionsAsync(ListCollectionsOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>Runs a command as it is: no write concern, read concern or second try is added.</summary>
    Task<TResult> RunCommandAsync<TResult>(Command<TResult> command, ReadPreference readPreference = null, CancellationToken cancellationToken = default);

    /// <summary>The same database with another read concern.</summary>
    IMongoDatabase WithReadConcern(ReadConcern readConcern);

    /// <summary>The same database with another read preference.</summary>
    IMongoDatabase WithReadPreference(ReadPreference readPreference);

    /// <summary>The same database with another write concern.</summary>
    IMongoDatabase WithWriteConcern(WriteConcern writeConcern);
}
