using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>An aggregation that is put together stage by stage.</summary>
/// <typeparam name="TResult">The type of the results.</typeparam>
public interface IAggregateFluent<TResult> : IAsyncCursorSource<TResult>
{
    /// <summary>The options.</summary>
    AggregateOptions Options { get; }

    /// <summary>Groups documents.</summary>
    IAggregateFluent<TNewResult> Group<TNewResult>(ProjectionDefinition<TResult, TNewResult> group);

    /// <summary>So many documents at most.</summary>
    IAggregateFluent<TResult> Limit(long limit);

    /// <summary>Only matching documents.</summary>
    IAggregateFluent<TResult> Match(FilterDefinition<TResult> filter);

    /// <summary>Only parts of the documents.</summary>
    IAggregateFluent<TNewResult> Project<TNewResult>(ProjectionDefinition<TResult, TNewResult> projection);

    /// <summary>Leaves out so many documents.</summary>
    IAggregateFluent<TResult> Skip(long skip);

    /// <summary>Orders the documents.</summary>
    IAggregateFluent<TResult> Sort(SortDefinition<TResult> sort);
}

/// <summary>More stages.</summary>
public static class IAggregateFluentExtensions
{
    /// <summary>Groups documents.</summary>
    public static IAggregateFluent<BsonDocument> Group<TResult>(this IAggregateFluent<TResult> aggregate, ProjectionDefinition<TResult, BsonDocument> group) => aggregate.Group<BsonDocument>(group);

    /// <summary>Only parts of the documents.</summary>
    public static IAggregateFluent<BsonDocument> Project<TResult>(this IAggregateFluent<TResult> aggregate, ProjectionDefinition<TResult, BsonDocument> projection) => aggregate.Project<BsonDocument>(projection);

    /// <summary>The first result; none is an InvalidOperationException.</summary>
    public static Task<TResult> FirstAsync<TResult>(this IAggregateFluent<TResult> aggregate, CancellationToken cancellationToken = default) => IAsyncCursorSourceExtensions.FirstAsync(aggregate.Limit(1), cancellationToken);

    /// <summary>The first result, or null.</summary>
    public static Task<TResult> FirstOrDefaultAsync<TResult>(this IAggregateFluent<TResult> aggregate, CancellationToken cancellationToken = default) => IAsyncCursorSourceExtensions.FirstOrDefaultAsync(aggregate.Limit(1), cancellationToken);
}
