using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Which documents.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public abstract class FilterDefinition<TDocument>
{
    /// <summary>Every document.</summary>
    public static FilterDefinition<TDocument> Empty { get; } = new BsonDocumentFilterDefinition<TDocument>([]);

    /// <summary>Both conditions.</summary>
    public static FilterDefinition<TDocument> operator &(FilterDefinition<TDocument> lhs, FilterDefinition<TDocument> rhs) => new AndFilterDefinition<TDocument>([lhs, rhs]);

    /// <summary>Either condition.</summary>
    public static FilterDefinition<TDocument> operator |(FilterDefinition<TDocument> lhs, FilterDefinition<TDocument> rhs) => new OrFilterDefinition<TDocument>([lhs, rhs]);

    /// <summary>Not that condition.</summary>
    public static FilterDefinition<TDocument> operator !(FilterDefinition<TDocument> op) => new NotFilterDefinition<TDocument>(op);

    /// <summary>A definition by a document.</summary>
    public static implicit operator FilterDefinition<TDocument>(BsonDocument document) => document is null ? null : new BsonDocumentFilterDefinition<TDocument>(document);

    /// <summary>A definition by the JSON text of a document.</summary>
    public static implicit operator FilterDefinition<TDocument>(string json) => json is null ? null : new JsonFilterDefinition<TDocument>(json);

    /// <summary>The document that is sent.</summary>
    public abstract BsonDocument Render(RenderArgs<TDocument> args);
}

/// <summary>A definition by a document.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class BsonDocumentFilterDefinition<TDocument> : FilterDefinition<TDocument>
{
    /// <summary>Creates one.</summary>
    public BsonDocumentFilterDefinition(BsonDocument document)
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
public sealed class JsonFilterDefinition<TDocument> : FilterDefinition<TDocument>
{
    /// <summary>Creates one.</summary>
    public JsonFilterDefinition(string json)
    {
        ArgumentException.ThrowIfNullOrEmpty(json);
        Json = json;
    }

    /// <summary>The text.</summary>
    public string Json { get; }

    /// <inheritdoc />
    public override BsonDocument Render(RenderArgs<TDocument> args) => BsonDocument.Parse(Json);
}
