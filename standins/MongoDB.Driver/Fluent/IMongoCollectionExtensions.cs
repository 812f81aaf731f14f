namespace MongoDB.Driver;

/// <summary>Shorter forms of the operations of a collection.</summary>
public static class IMongoCollectionExtensions
{
    /// <summary>Begins an aggregation.</summary>
    public static IAggregateFluent<TDocument> Aggregate<TDocument>(this IMongoCollection<TDocument> collection, AggregateOptions options = null)
    {
        return new AggregateFluent<TDocument, TDocument>(collection, [], options ?? new AggregateOptions());
    }

    /// <summary>Begins a query.</summary>
    public static IFindFluent<TDocument, TDocument> Find<TDocument>(this IMongoCollection<TDocument> collection, FilterDefinition<TDocument> filter, FindOptions options = null)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(filter);
        options ??= new FindOptions();
        var newOptions = new FindOptions<TDocument>
        {
            AllowDiskUse = options.AllowDiskUse,
            AllowPartialResults = options.AllowPartialResults,
            BatchSize = options.BatchSize,
            Collation = options.Collation,
            Comment = options.Comment,
            CursorType = options.CursorType,
            Hint = options.Hint,
            Let = options.Let,
            Max = options.Max,
            MaxAwaitTime = options.MaxAwaitTime,
            MaxTime = options.MaxTime,
            Min = options.Min,
            NoCursorTimeout = options.NoCursorTimeout,
            ReturnKey = options.ReturnKey,
            ShowRecordId = options.ShowRecordId,
        };
        return new FindFluent<TDocument, TDocument>(collection, filter, newOptions);
    }

    /// <summary>Finds documents.</summary>
    public static Task<IAsyncCursor<TDocument>> FindAsync<TDocument>(this IMongoCollection<TDocument> collection, FilterDefinition<TDocument> filter, FindOptions<TDocument, TDocument> options = null, CancellationToken cancellationToken = default)
    {
        return collection.FindAsync<TDocument>(filter, options, cancellationToken);
    }

    /// <summary>Deletes a document and returns it, or null.</summary>
    public static Task<TDocument> FindOneAndDeleteAsync<TDocument>(this IMongoCollection<TDocument> collection, FilterDefinition<TDocument> filter, FindOneAndDeleteOptions<TDocument, TDocument> options = null, CancellationToken cancellationToken = default)
    {
        return collection.FindOneAndDeleteAsync<TDocument>(filter, options, cancellationToken);
    }

    /// <summary>Replaces a document and returns it, or null.</summary>
    public static Task<TDocument> FindOneAndReplaceAsync<TDocument>(this IMongoCollection<TDocument> collection, FilterDefinition<TDocument> filter, TDocument replacement, FindOneAndReplaceOptions<TDocument, TDocument> options = null, CancellationToken cancellationToken = default)
    {
        return collection.FindOneAndReplaceAsync<TDocument>(filter, replacement, options, cancellationToken);
    }

    /// <summary>Changes a document and returns it, or null.</summary>
    public static Task<TDocument> FindOneAndUpdateAsync<TDocument>(this IMongoCollection<TDocument> collection, FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update, FindOneAndUpdateOptions<TDocument, TDocument> options = null, CancellationToken cancellationToken = default)
    {
        return collection.FindOneAndUpdateAsync<TDocument>(filter, update, options, cancellationToken);
    }
}
