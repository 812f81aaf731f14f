using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>A change.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public abstract class UpdateDefinition<TDocument>
{
    /// <summary>A change by a pipeline.</summary>
    public static implicit operator UpdateDefinition<TDocument>(PipelineDefinition<TDocument, TDocument> pipeline) => pipeline is null ? null : new PipelineUpdateDefinition<TDocument>(pipeline);

    /// <summary>A definition by a document.</summary>
    public static implicit operator UpdateDefinition<TDocument>(BsonDocument document) => document is null ? null : new BsonDocumentUpdateDefinition<TDocument>(document);

    /// <summary>A definition by the JSON text of a document.</summary>
    public static implicit operator UpdateDefinition<TDocument>(string json) => json is null ? null : new JsonUpdateDefinition<TDocument>(json);

    /// <summary>The document that is sent.</summary>
    public abstract BsonValue Render(RenderArgs<TDocument> args);
}

/// <summary>A definition by a document.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class BsonDocumentUpdateDefinition<TDocument> : UpdateDefinition<TDocument>
{
    /// <summary>Creates one.</summary>
    public BsonDocumentUpdateDefinition(BsonDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        Document = document;
    }

    /// <summary>The document.</summary>
    public BsonDocument Document { get; }

    /// <inheritdoc />
    public override BsonValue Render(RenderArgs<TDocument> args) => Document;
}

/// <summary>A definition by the JSON text of a document.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class JsonUpdateDefinition<TDocument> : UpdateDefinition<TDocument>
{
    /// <summary>Creates one.</summary>
    public JsonUpdateDefinition(string json)
    {
        ArgumentException.ThrowIfNullOrEmpty(json);
        Json = json;
    }

    /// <summary>The text.</summary>
    public string Json { get; }

    /// <inheritdoc />
    public override BsonValue Render(RenderArgs<TDocument> args) => BsonDocument.Parse(Json);
}
