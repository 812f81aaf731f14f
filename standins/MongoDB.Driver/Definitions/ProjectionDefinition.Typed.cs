using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>What is returned of a document, and as which type.</summary>
/// <typeparam name="TSource">The type of the documents.</typeparam>
/// <typeparam name="TProjection">The type of the results.</typeparam>
public abstract class ProjectionDefinition<TSource, TProjection>
{
    private protected ProjectionDefinition()
    {
    }

    /// <summary>A definition by a document.</summary>
    public static implicit operator ProjectionDefinition<TSource, TProjection>(BsonDocument document) => document is null ? null : new BsonDocumentProjectionDefinition<TSource, TProjection>(document);

    /// <summary>A definition by the JSON text of a document.</summary>
    public static implicit operator ProjectionDefinition<TSource, TProjection>(string json) => json is null ? null : new BsonDocumentProjectionDefinition<TSource, TProjection>(BsonDocument.Parse(json));

    /// <summary>A definition without a type.</summary>
    public static implicit operator ProjectionDefinition<TSource, TProjection>(ProjectionDefinition<TSource> projection)
    {
        return projection is null ? null : new BsonDocumentProjectionDefinition<TSource, TProjection>(projection.Render(RenderArgs<TSource>.Default));
    }

    internal abstract BsonDocument RenderDocument();
}

/// <summary>A definition by a document.</summary>
/// <typeparam name="TSource">The type of the documents.</typeparam>
/// <typeparam name="TProjection">The type of the results.</typeparam>
public sealed class BsonDocumentProjectionDefinition<TSource, TProjection> : ProjectionDefinition<TSource, TProjection>
{
    /// <summary>Creates one.</summary>
    public BsonDocumentProjectionDefinition(BsonDocument document)
    {
        Document = document;
    }

    /// <summary>The document.</summary>
    public BsonDocument Document { get; }

    internal override BsonDocument RenderDocument() => Document;
}
