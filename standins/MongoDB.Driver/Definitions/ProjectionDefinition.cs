using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>What is returned of a document.</summary>
/// <typeparam name="TSource">The type of the documents.</typeparam>
public abstract class ProjectionDefinition<TSource>
{
    /// <summary>A definition by a document.</summary>
    public static implicit operator ProjectionDefinition<TSource>(BsonDocument document) => document is null ? null : new BsonDocumentProjectionDefinition<TSource>(document);

    /// <summary>A definition by the JSON text of a document.</summary>
    public static implicit operator ProjectionDefinition<TSource>(string json) => json is null ? null : new JsonProjectionDefinition<TSource>(json);

    /// <summary>The document that is sent.</summary>
    public abstract BsonDocument Render(RenderArgs<TSource> args);
}

/// <summary>A definition by a document.</summary>
/// <typeparam name="TSource">The type of the documents.</typeparam>
public sealed class BsonDocumentProjectionDefinition<TSource> : ProjectionDefinition<TSource>
{
    /// <summary>Creates one.</summary>
    public BsonDocumentProjectionDefinition(BsonDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        Document = document;
    }

    /// <summary>The document.</summary>
    public BsonDocument Document { get; }

    /// <inheritdoc />
    public override BsonDocument Render(RenderArgs<TSource> args) => Document;
}

/// <summary>A definition by the JSON text of a document.</summary>
/// <typeparam name="TSource">The type of the documents.</typeparam>
public sealed class JsonProjectionDefinition<TSource> : ProjectionDefinition<TSource>
{
    /// <summary>Creates one.</summary>
    public JsonProjectionDefinition(string json)
    {
        ArgumentException.ThrowIfNullOrEmpty(json);
        Json = json;
    }

    /// <summary>The text.</summary>
    public string Json { get; }

    /// <inheritdoc />
    public override BsonDocument Render(RenderArgs<TSource> args) => BsonDocument.Parse(Json);
}
