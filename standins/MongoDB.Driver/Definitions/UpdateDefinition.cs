using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.UpdateDefinition&lt;TDocument&gt;.</summary>
public abstract class UpdateDefinition<TDocument>
{
    internal abstract BsonValue Render();

    public static implicit operator UpdateDefinition<TDocument>(BsonDocument document) =>
        document is null ? null : new BsonDocumentUpdateDefinition<TDocument>(document);

    public static implicit operator UpdateDefinition<TDocument>(string json) =>
        json is null ? null : new BsonDocumentUpdateDefinition<TDocument>(BsonDocument.Parse(json));

    public static implicit operator UpdateDefinition<TDocument>(PipelineDefinition<TDocument, TDocument> pipeline) =>
        new PipelineUpdateDefinition<TDocument>(pipeline);
}

/// <summary>Mirrors MongoDB.Driver.BsonDocumentUpdateDefinition&lt;TDocument&gt;.</summary>
public sealed class BsonDocumentUpdateDefinition<TDocument>(BsonDocument document) : UpdateDefinition<TDocument>
{
    public BsonDocument Document { get; } = document;

    internal override BsonValue Render() => Document;
}

/// <summary>Mirrors MongoDB.Driver.PipelineUpdateDefinition&lt;TDocument&gt;.</summary>
public sealed class PipelineUpdateDefinition<TDocument>(PipelineDefinition<TDocument, TDocument> pipeline) : UpdateDefinition<TDocument>
{
    public PipelineDefinition<TDocument, TDocument> Pipeline { get; } = pipeline;

    internal override BsonValue Render() => new BsonArray(Pipeline.Render());
}
