using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>The stages of an aggregation.</summary>
/// <typeparam name="TInput">The type of the documents.</typeparam>
/// <typeparam name="TOutput">The type of the results.</typeparam>
public abstract class PipelineDefinition<TInput, TOutput>
{
    private protected PipelineDefinition()
    {
    }

    /// <summary>A pipeline of stages.</summary>
    public static implicit operator PipelineDefinition<TInput, TOutput>(BsonDocument[] stages) => stages is null ? null : Create(stages);

    /// <summary>A pipeline of stages.</summary>
    public static implicit operator PipelineDefinition<TInput, TOutput>(List<BsonDocument> stages) => stages is null ? null : Create(stages);

    /// <summary>A pipeline of stages.</summary>
    public static PipelineDefinition<TInput, TOutput> Create(params BsonDocument[] stages) => Create((IEnumerable<BsonDocument>)stages);

    /// <summary>A pipeline of stages.</summary>
    public static PipelineDefinition<TInput, TOutput> Create(IEnumerable<BsonDocument> stages) => new BsonDocumentStagePipelineDefinition<TInput, TOutput>(stages);

    /// <summary>A pipeline of stages in JSON.</summary>
    public static PipelineDefinition<TInput, TOutput> Create(params string[] stages) => Create((IEnumerable<string>)stages);

    /// <summary>A pipeline of stages in JSON.</summary>
    public static PipelineDefinition<TInput, TOutput> Create(IEnumerable<string> stages) => Create(stages.Select(BsonDocument.Parse));

    internal abstract IReadOnlyList<BsonDocument> RenderStages();
}

/// <summary>A pipeline of stages.</summary>
/// <typeparam name="TInput">The type of the documents.</typeparam>
/// <typeparam name="TOutput">The type of the results.</typeparam>
public sealed class BsonDocumentStagePipelineDefinition<TInput, TOutput> : PipelineDefinition<TInput, TOutput>
{
    private readonly List<BsonDocument> _stages;

    /// <summary>Creates one.</summary>
    public BsonDocumentStagePipelineDefinition(IEnumerable<BsonDocument> stages)
    {
        _stages = [.. stages];
    }

    /// <summary>The stages.</summary>
    public IList<BsonDocument> Documents => _stages;

    internal override IReadOnlyList<BsonDocument> RenderStages() => _stages;
}
