using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.IndexKeysDefinition&lt;TDocument&gt;.</summary>
public abstract class IndexKeysDefinition<TDocument>
{
    internal abstract BsonDocument Render();

    public static implicit operator IndexKeysDefinition<TDocument>(BsonDocument document) =>
        document is null ? null : new BsonDocumentIndexKeysDefinition<TDocument>(document);

    public static implicit operator IndexKeysDefinition<TDocument>(string json) =>
        json is null ? null : new BsonDocumentIndexKeysDefinition<TDocument>(BsonDocument.Parse(json));
}

/// <summary>Mirrors MongoDB.Driver.BsonDocumentIndexKeysDefinition&lt;TDocument&gt;.</summary>
public sealed class BsonDocumentIndexKeysDefinition<TDocument>(BsonDocument document) : IndexKeysDefinition<TDocument>
{
    public BsonDocument Document { get; } = document;

    internal override BsonDocument Render() => Document;
}

/// <summary>Mirrors MongoDB.Driver.IndexKeysDefinitionBuilder&lt;TDocument&gt;.</summary>
public sealed class IndexKeysDefinitionBuilder<TDocument>
{
    internal IndexKeysDefinitionBuilder()
    {
    }

    public IndexKeysDefinition<TDocument> Ascending(FieldDefinition<TDocument> field) => new BsonDocument(field.Name, 1);

    public IndexKeysDefinition<TDocument> Combine(params IndexKeysDefinition<TDocument>[] keys) => Combine((IEnumerable<IndexKeysDefinition<TDocument>>)keys);

    public IndexKeysDefinition<TDocument> Combine(IEnumerable<IndexKeysDefinition<TDocument>> keys) =>
        new BsonDocument(keys.SelectMany(key => key.Render()));

    public IndexKeysDefinition<TDocument> Descending(FieldDefinition<TDocument> field) => new BsonDocument(field.Name, -1);

    public IndexKeysDefinition<TDocument> Hashed(FieldDefinition<TDocument> field) => new BsonDocument(field.Name, "hashed");

    public IndexKeysDefinition<TDocument> Text(FieldDefinition<TDocument> field) => new BsonDocument(field.Name, "text");
}

/// <summary>Mirrors MongoDB.Driver.IndexKeysDefinitionExtensions.</summary>
public static class IndexKeysDefinitionExtensions
{
    public static IndexKeysDefinition<TDocument> Ascending<TDocument>(this IndexKeysDefinition<TDocument> keys, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.IndexKeys.Combine(keys, Builders<TDocument>.IndexKeys.Ascending(field));

    public static IndexKeysDefinition<TDocument> Descending<TDocument>(this IndexKeysDefinition<TDocument> keys, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.IndexKeys.Combine(keys, Builders<TDocument>.IndexKeys.Descending(field));
}
