namespace MongoDB.Driver;

/// <summary>A query that is put together step by step.</summary>
internal sealed class FindFluent<TDocument, TProjection>(
    IMongoCollection<TDocument> collection,
    FilterDefinition<TDocument> filter,
    FindOptions<TDocument, TProjection> options) : IFindFluent<TDocument, TProjection>
{
    public FilterDefinition<TDocument> Filter { get; set; } = filter;

    public FindOptions<TDocument, TProjection> Options { get; } = options;

    public Task<long> CountDocumentsAsync(CancellationToken cancellationToken = default)
    {
        var countOptions = new CountOptions
        {
            Collation = Options.Collation,
            Comment = Options.Comment,
            Hint = Options.Hint,
            Limit = Options.Limit,
            MaxTime = Options.MaxTime,
            Skip = Options.Skip,
        };
        return collection.CountDocumentsAsync(Filter, countOptions, cancellationToken);
    }

    public IFindFluent<TDocument, TProjection> Limit(int? limit)
    {
        Options.Limit = limit;
        return this;
    }

    public IFindFluent<TDocument, TNewProjection> Project<TNewProjection>(ProjectionDefinition<TDocument, TNewProjection> projection)
    {
        var newOptions = new FindOptions<TDocument, TNewProjection>
        {
            AllowDiskUse = Options.AllowDiskUse,
            AllowPartialResults = Options.AllowPartialResults,
            BatchSize = Options.BatchSize,
            Collation = Options.Collation,
            Comment = Options.Comment,
            CursorType = Options.CursorType,
            Hint = Options.Hint,
            Let = Options.Let,
            Limit = Options.Limit,
            Max = Options.Max,
            MaxAwaitTime = Options.MaxAwaitTime,
            MaxTime = Options.MaxTime,
            Min = Options.Min,
            NoCursorTimeout = Options.NoCursorTimeout,
            Projection = projection,
            ReturnKey = Options.ReturnKey,
            ShowRecordId = Options.ShowRecordId,
            Skip = Options.Skip,
            Sort = Options.Sort,
        };
        return new FindFluent<TDocument, TNewProjection>(collection, Filter, newOptions);
    }

    public IFindFluent<TDocument, TProjection> Skip(int? skip)
    {
        Options.Skip = skip;
        return this;
    }

    public IFindFluent<TDocument, TProjection> Sort(SortDefinition<TDocument> sort)
    {
        Options.Sort = sort;
        return this;
    }

    public Task<IAsyncCursor<TProjection>> ToCursorAsync(CancellationToken cancellationToken = default) => collection.FindAsync(Filter, Options, cancellationToken);
}
