using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>The keys of an index.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public abstract class IndexKeysDefinition<TDocument>
{
    /// <summary>A definition by a document.</summary>
    public static implicit operator IndexKeysDefinition<TDocument>(BsonDocument document) => document is null ? null : new BsonDocumentIndexKeysDefinition<TDocument>(document);

    /// <summary>A definition by the JSON text of a document.</summary>
    public static implicit operator IndexKeysDefinition<TDocument>(string json) => json is null ? null : new JsonIndexKeysDefinition<TDocument>(json);

    /// <summary>The document that is sent.</summary>
    public abstract BsonDocument Render(RenderArgs<TDocument> args);
}

/// <summary>A definition by a document.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class BsonDocumentIndexKeysDefinition<TDocument> : IndexKeysDefinition<TDocument>
{
    /// <summary>Creates one.</summary>
    public BsonDocumentIndexKeysDefinition(BsonDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        Document = document;
    }

    /// <summary>The document.</summary>
    public BsonDocument Document { get; }

    /// <inheritdoc />
    public override BsonDocument Render(RenderArgs<TDocument> args) => Document;
}

/// <summary>A definition by the JSON text of a document.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class JsonIndexKeysDefinition<TDocument> : IndexKeysDefinition<TDocument>
{
    /// <summary>Creates one.</summary>
    public JsonIndexKeysDefinition(string json)
    {
        ArgumentException.ThrowIfNullOrEmpty(json);
        Json = json;
    }

    /// <summary>The text.</summary>
    public string Json { get; }

    /// <inheritdoc />
    public override BsonDocument Render(RenderArgs<TDocument> args) => BsonDocument.Parse(Json);
}
