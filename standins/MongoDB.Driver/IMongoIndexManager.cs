using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>The indexes of a collection.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public interface IMongoIndexManager<TDocument>
{
    /// <summary>The collection.</summary>
    CollectionNamespace CollectionNamespace { get; }

    /// <summary>The settings of the collection.</summary>
    MongoCollectionSettings Settings { get; }

    /// <summary>Creates indexes; returns their names.</summary>
    Task<IEnumerable<string>> CreateManyAsync(IEnumerable<CreateIndexModel<TDocument>> models, CancellationToken cancellationToken = default);

    /// <summary>Creates indexes; returns their names.</summary>
    Task<IEnumerable<string>> CreateManyAsync(IEnumerable<CreateIndexModel<TDocument>> models, CreateManyIndexesOptions options, CancellationToken cancellationToken = default);

    /// <summary>Creates an index; returns its name.</summary>
    Task<string> CreateOneAsync(CreateIndexModel<TDocument> model, CreateOneIndexOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>Drops all indexes but that of <c>_id</c>.</summary>
    Task DropAllAsync(CancellationToken cancellationToken = default);

    /// <summary>Drops an index.</summary>
    Task DropOneAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The indexes.</summary>
    Task<IAsyncCursor<BsonDocument>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>The indexes.</summary>
    Task<IAsyncCursor<BsonDocument>> ListAsync(ListIndexesOptions options, CancellationToken cancellationToken = default);
}
