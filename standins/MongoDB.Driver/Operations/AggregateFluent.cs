using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.IAggregateFluent&lt;TResult&gt;.</summary>
public interface IAggregateFluent<TResult> : IAsyncCursorSource<TResult>
{
    IAggregateFluent<TNewResult> Group<TNewResult>(ProjectionDefinition<TResult, TNewResult> group);

    IAggregateFluent<TResult> Limit(long limit);

    IAggregateFluent<TResult> Match(FilterDefinition<TResult> filter);

    IAggregateFluent<TNewResult> Project<TNewResult>(ProjectionDefinition<TResult, TNewResult> projection);

    IAggregateFluent<TResult> Skip(long skip);

    IAggregateFluent<TResult> Sort(SortDefinition<TResult> sort);
}

/// <summary>Collects an aggregation's stages until a cursor is asked for.</summary>
internal sealed class AggregateFluent<TDocument, TResult>(
    IMongoCollection<TDocument> collection,
    IReadOnlyList<BsonDocument> stages,
    AggregateOptions options) : IAggregateFluent<TResult>
{
    public IAggregateFluent<TNewResult> Group<TNewResult>(ProjectionDefinition<TResult, TNewResult> group) => With<TNewResult>("$group", group.Render());

    public IAggregateFluent<TResult> Limit(long limit) => With<TResult>("$limit", limit);

    public IAggregateFluent<TResult> Match(FilterDefinition<TResult> filter) => With<TResult>("$match", filter.Render());

    public IAggregateFluent<TNewResult> Project<TNewResult>(ProjectionDefinition<TResult, TNewResult> projection) =>
        With<TNewResult>("$project", projection.Render());

    public IAggregateFluent<TResult> Skip(long skip) => With<TResult>("$skip", skip);

    public IAggregateFluent<TResult> Sort(SortDefinition<TResult> sort) => With<TResult>("$sort", sort.Render());

    public Task<IAsyncCursor<TResult>> ToCursorAsync(CancellationToken cancellationToken = default) =>
        collection.AggregateAsync(PipelineDefinition<TDocument, TResult>.Create(stages), options, cancellationToken);

    private AggregateFluent<TDocument, TNewResult> With<TNewResult>(string stage, BsonValue value) =>
        new(collection, [.. stages, new BsonDocument(stage, value)], options);
}
