using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>A change by a pipeline.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class PipelineUpdateDefinition<TDocument> : UpdateDefinition<TDocument>
{
    /// <summary>Creates one.</summary>
    public PipelineUpdateDefinition(PipelineDefinition<TDocument, TDocument> pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        Pipeline = pipeline;
    }

    /// <summary>The pipeline.</summary>
    public PipelineDefinition<TDocument, TDocument> Pipeline { get; }

    /// <inheritdoc />
    public override BsonValue Render(RenderArgs<TDocument> args) => new BsonArray(Pipeline.RenderStages());
}
