namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.IMongoCollectionExtensions.</summary>
public static class IMongoCollectionExtensions
{
    public static IAggregateFluent<TDocument> Aggregate<TDocument>(this IMongoCollection<TDocument> collection, AggregateOptions options = null) =>
        new AggregateFluent<TDocument, TDocument>(collection, [], options);

    public static IFindFluent<TDocument, TDocument> Find<TDocument>(this IMongoCollection<TDocument> collection, FilterDefinition<TDocument> filter, FindOptions options = null) =>
        new FindFluent<TDocument, TDocument>(collection, filter, new FindOptions<TDocument, TDocument>
        {
            AllowDiskUse = options?.AllowDiskUse,
            BatchSize = options?.BatchSize,
            Comment = options?.Comment,
            Hint = options?.Hint,
            MaxTime = options?.MaxTime,
        });

    public static Task<IAsyncCursor<TDocument>> FindAsync<TDocument>(this IMongoCollection<TDocument> collection, FilterDefinition<TDocument> filter, FindOptions<TDocument, TDocument> options = null, CancellationToken cancellationToken = default) =>
        collection.FindAsync<TDocument>(filter, options, cancellationToken);

    public static Task<TDocument> FindOneAndDeleteAsync<TDocument>(this IMongoCollection<TDocument> collection, FilterDefinition<TDocument> filter, FindOneAndDeleteOptions<TDocument, TDocument> options = null, CancellationToken cancellationToken = default) =>
        collection.FindOneAndDeleteAsync<TDocument>(filter, options, cancellationToken);

    public static Task<TDocument> FindOneAndReplaceAsync<TDocument>(this IMongoCollection<TDocument> collection, FilterDefinition<TDocument> filter, TDocument replacement, FindOneAndReplaceOptions<TDocument, TDocument> options = null, CancellationToken cancellationToken = default) =>
        collection.FindOneAndReplaceAsync<TDocument>(filter, replacement, options, cancellationToken);

    public static Task<TDocument> FindOneAndUpdateAsync<TDocument>(this IMongoCollection<TDocument> collection, FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update, FindOneAndUpdateOptions<TDocument, TDocument> options = null, CancellationToken cancellationToken = default) =>
        collection.FindOneAndUpdateAsync<TDocument>(filter, update, options, cancellationToken);
}
