using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.IMongoIndexManager&lt;TDocument&gt;.</summary>
public interface IMongoIndexManager<TDocument>
{
    CollectionNamespace CollectionNamespace { get; }

    Task<IEnumerable<string>> CreateManyAsync(IEnumerable<CreateIndexModel<TDocument>> models, CancellationToken cancellationToken = default);

    Task<string> CreateOneAsync(CreateIndexModel<TDocument> model, CreateOneIndexOptions options = null, CancellationToken cancellationToken = default);

    Task DropOneAsync(string name, CancellationToken cancellationToken = default);

    Task<IAsyncCursor<BsonDocument>> ListAsync(CancellationToken cancellationToken = default);
}
