using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>A client: the connections to the servers of one database system. Safe for use by many threads.</summary>
public interface IMongoClient : IDisposable
{
    /// <summary>The settings, which must not be changed any more.</summary>
    MongoClientSettings Settings { get; }

    /// <summary>Drops a database.</summary>
    Task DropDatabaseAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>A database by its name.</summary>
    IMongoDatabase GetDatabase(string name, MongoDatabaseSettings settings = null);

    /// <summary>The names of the databases.</summary>
    Task<IAsyncCursor<string>> ListDatabaseNamesAsync(CancellationToken cancellationToken = default);

    /// <summary>The databases.</summary>
    Task<IAsyncCursor<BsonDocument>> ListDatabasesAsync(CancellationToken cancellationToken = default);

    /// <summary>The same client with another read concern.</summary>
    IMongoClient WithReadConcern(ReadConcern readConcern);

    /// <summary>The same client with another read preference.</summary>
    IMongoClient WithReadPreference(ReadPreference readPreference);

    /// <summary>The same client with another write concern.</summary>
    IMongoClient WithWriteConcern(WriteConcern writeConcern);
}
