using MongoDB.Bson;
using MongoDB.Driver.Topology;

namespace MongoDB.Driver;

/// <summary>Creates, lists and drops the indexes of one collection.</summary>
internal sealed class MongoIndexManager<TDocument>(CommandExecutor executor, CollectionNamespace collection) : IMongoIndexManager<TDocument>
{
    private const int NamespaceNotFound = 26;

    public CollectionNamespace CollectionNamespace => collection;

    public async Task<IEnumerable<string>> CreateManyAsync(IEnumerable<CreateIndexModel<TDocument>> models, CancellationToken cancellationToken = default)
    {
        var indexes = models.Select(Describe).ToList();
        var command = new BsonDocument { { "createIndexes", collection.CollectionName }, { "indexes", new BsonArray(indexes) } };
        await executor.WriteAsync(collection.DatabaseNamespace.DatabaseName, command, null, cancellationToken).ConfigureAwait(false);
        return [.. indexes.Select(index => index["name"].AsString)];
    }

    public async Task<string> CreateOneAsync(CreateIndexModel<TDocument> model, CreateOneIndexOptions options = null, CancellationToken cancellationToken = default) =>
        (await CreateManyAsync([model], cancellationToken).ConfigureAwait(false)).Single();

    public Task DropOneAsync(string name, CancellationToken cancellationToken = default) => executor.WriteAsync(
        collection.DatabaseNamespace.DatabaseName,
        new BsonDocument { { "dropIndexes", collection.CollectionName }, { "index", name } },
        null,
        cancellationToken);

    public async Task<IAsyncCursor<BsonDocument>> ListAsync(CancellationToken cancellationToken = default)
    {
        var command = new BsonDocument { { "listIndexes", collection.CollectionName }, { "cursor", new BsonDocument() } };
        try
        {
            var reply = await executor.ReadAsync(collection.DatabaseNamespace.DatabaseName, command, cancellationToken).ConfigureAwait(false);
            return new AsyncCursor<BsonDocument>(executor, collection, reply.Document["cursor"].AsBsonDocument, null, null);
        }
        catch (MongoCommandException exception) when (exception.Code == NamespaceNotFound)
        {
            var none = new BsonDocument { { "id", 0L }, { "firstBatch", new BsonArray() } };
            return new AsyncCursor<BsonDocument>(executor, collection, none, null, null);
        }
    }

    private static BsonDocument Describe(CreateIndexModel<TDocument> model)
    {
        var keys = model.Keys.Render();
        var options = model.Options ?? new CreateIndexOptions();
        var index = new BsonDocument
        {
            { "key", keys },
            { "name", options.Name ?? string.Join('_', keys.Select(key => $"{key.Name}_{key.Value}")) },
        };
        index.Add("background", () => options.Background.Value, options.Background is not null);
        index.Add("default_language", options.DefaultLanguage, options.DefaultLanguage is not null);
        index.Add("expireAfterSeconds", () => options.ExpireAfter.Value.TotalSeconds, options.ExpireAfter is not null);
        index.Add("hidden", () => options.Hidden.Value, options.Hidden is not null);
        index.Add("sparse", () => options.Sparse.Value, options.Sparse is not null);
        index.Add("unique", () => options.Unique.Value, options.Unique is not null);
        index.Add("weights", options.Weights, options.Weights is not null);
        if (options is CreateIndexOptions<TDocument> { PartialFilterExpression: { } partial })
        {
            index.Add("partialFilterExpression", partial.Render());
        }

        return index;
    }
}
