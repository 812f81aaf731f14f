using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>An aggregation that is put together stage by stage.</summary>
internal sealed class AggregateFluent<TDocument, TResult>(IMongoCollection<TDocument> collection, IReadOnlyList<BsonDocument> stages, AggregateOptions options) : IAggregateFluent<TResult>
{
    public AggregateOptions Options { get; } = options;

    public IAggregateFluent<TNewResult> Group<TNewResult>(ProjectionDefinition<TResult, TNewResult> group) => Append<TNewResult>("$group", group.RenderDocument());

    public IAggregateFluent<TResult> Limit(long limit) => Append<TResult>("$limit", limit);

    public IAggregateFluent<TResult> Match(FilterDefinition<TResult> filter) => Append<TResult>("$match", filter.Render(RenderArgs<TResult>.Default));

    public IAggregateFluent<TNewResult> Project<TNewResult>(ProjectionDefinition<TResult, TNewResult> projection) => Append<TNewResult>("$project", projection.RenderDocument());

    public IAggregateFluent<TResult> Skip(long skip) => Append<TResult>("$skip", skip);

    public IAggregateFluent<TResult> Sort(SortDefinition<TResult> sort) => Append<TResult>("$sort", sort.Render(RenderArgs<TResult>.Default));

    public Task<IAsyncCursor<TResult>> ToCursorAsync(CancellationToken cancellationToken = default)
    {
        return collection.AggregateAsync(PipelineDefinition<TDocument, TResult>.Create(stages), Options, cancellationToken);
    }

    private AggregateFluent<TDocument, TNewResult> Append<TNewResult>(string name, BsonValue value) => new(collection, [.. stages, new BsonDocument(name, value)], Options);
}
