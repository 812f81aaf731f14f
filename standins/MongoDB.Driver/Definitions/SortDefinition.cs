using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>An order.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public abstract class SortDefinition<TDocument>
{
    /// <summary>A definition by a document.</summary>
    public static implicit operator SortDefinition<TDocument>(BsonDocument document) => document is null ? null : new BsonDocumentSortDefinition<TDocument>(document);

    /// <summary>A definition by the JSON text of a document.</summary>
    public static implicit operator SortDefinition<TDocument>(string json) => json is null ? null : new JsonSortDefinition<TDocument>(json);

    /// <summary>The document that is sent.</summary>
    public abstract BsonDocument Render(RenderArgs<TDocument> args);
}

/// <summary>A definition by a document.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class BsonDocumentSortDefinition<TDocument> : SortDefinition<TDocument>
{
    /// <summary>Creates one.</summary>
    public BsonDocumentSortDefinition(BsonDocument document)
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
public sealed class JsonSortDefinition<TDocument> : SortDefinition<TDocument>
{
    /// <summary>Creates one.</summary>
    public JsonSortDefinition(string json)
    {
        ArgumentException.ThrowIfNullOrEmpty(json);
        Json = json;
    }

    /// <summary>The text.</summary>
    public string Json { get; }

    /// <inheritdoc />
    public override BsonDocument Render(RenderArgs<TDocument> args) => BsonDocument.Parse(Json);
}
