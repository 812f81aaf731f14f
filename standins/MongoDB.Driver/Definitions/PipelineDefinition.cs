using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.PipelineDefinition&lt;TInput, TOutput&gt;.</summary>
public abstract class PipelineDefinition<TInput, TOutput>
{
    internal abstract IReadOnlyList<BsonDocument> Render();

    public static PipelineDefinition<TInput, TOutput> Create(params BsonDocument[] stages) => new BsonDocumentStagePipelineDefinition<TInput, TOutput>(stages);

    public static PipelineDefinition<TInput, TOutput> Create(IEnumerable<BsonDocument> stages) => new BsonDocumentStagePipelineDefinition<TInput, TOutput>(stages);

    public static implicit operator PipelineDefinition<TInput, TOutput>(BsonDocument[] stages) => stages is null ? null : Create(stages);

    public static implicit operator PipelineDefinition<TInput, TOutput>(List<BsonDocument> stages) => stages is null ? null : Create(stages);
}

/// <summary>Mirrors MongoDB.Driver.BsonDocumentStagePipelineDefinition&lt;TInput, TOutput&gt;.</summary>
public sealed class BsonDocumentStagePipelineDefinition<TInput, TOutput>(IEnumerable<BsonDocument> stages) : PipelineDefinition<TInput, TOutput>
{
    public IList<BsonDocument> Documents { get; } = [.. stages];

    internal override IReadOnlyList<BsonDocument> Render() => (IReadOnlyList<BsonDocument>)Documents;
}
