using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.IFindFluent&lt;TDocument, TProjection&gt;.</summary>
public interface IFindFluent<TDocument, TProjection> : IAsyncCursorSource<TProjection>
{
    Task<long> CountDocumentsAsync(CancellationToken cancellationToken = default);

    IFindFluent<TDocument, TProjection> Limit(int? limit);

    IFindFluent<TDocument, TNewProjection> Project<TNewProjection>(ProjectionDefinition<TDocument, TNewProjection> projection);

    IFindFluent<TDocument, TProjection> Skip(int? skip);

    IFindFluent<TDocument, TProjection> Sort(SortDefinition<TDocument> sort);
}

/// <summary>Mirrors MongoDB.Driver.IFindFluentExtensions.</summary>
public static class IFindFluentExtensions
{
    public static Task<bool> AnyAsync<TDocument, TProjection>(this IFindFluent<TDocument, TProjection> find, CancellationToken cancellationToken = default) =>
        ((IAsyncCursorSource<TProjection>)find.Limit(1)).AnyAsync(cancellationToken);

    public static Task<TProjection> FirstAsync<TDocument, TProjection>(this IFindFluent<TDocument, TProjection> find, CancellationToken cancellationToken = default) =>
        ((IAsyncCursorSource<TProjection>)find.Limit(1)).FirstAsync(cancellationToken);

    public static Task<TProjection> FirstOrDefaultAsync<TDocument, TProjection>(this IFindFluent<TDocument, TProjection> find, CancellationToken cancellationToken = default) =>
        ((IAsyncCursorSource<TProjection>)find.Limit(1)).FirstOrDefaultAsync(cancellationToken);

    public static IFindFluent<TDocument, BsonDocument> Project<TDocument, TProjection>(
        this IFindFluent<TDocument, TProjection> find,
        ProjectionDefinition<TDocument, BsonDocument> projection) => find.Project(projection);

    public static Task<TProjection> SingleAsync<TDocument, TProjection>(this IFindFluent<TDocument, TProjection> find, CancellationToken cancellationToken = default) =>
        ((IAsyncCursorSource<TProjection>)find.Limit(2)).SingleAsync(cancellationToken);

    public static Task<TProjection> SingleOrDefaultAsync<TDocument, TProjection>(this IFindFluent<TDocument, TProjection> find, CancellationToken cancellationToken = default) =>
        ((IAsyncCursorSource<TProjection>)find.Limit(2)).SingleOrDefaultAsync(cancellationToken);
}

/// <summary>Collects a find's options until a cursor is asked for.</summary>
internal sealed class FindFluent<TDocument, TProjection>(
    IMongoCollection<TDocument> collection,
    FilterDefinition<TDocument> filter,
    FindOptions<TDocument, TProjection> options) : IFindFluent<TDocument, TProjection>
{
    public Task<long> CountDocumentsAsync(CancellationToken cancellationToken = default) => collection.CountDocumentsAsync(
        filter,
        new CountOptions { Hint = options.Hint, Limit = options.Limit, MaxTime = options.MaxTime, Skip = options.Skip },
        cancellationToken);

    public IFindFluent<TDocument, TProjection> Limit(int? limit)
    {
        options.Limit = limit;
        return this;
    }

    public IFindFluent<TDocument, TNewProjection> Project<TNewProjection>(ProjectionDefinition<TDocument, TNewProjection> projection) =>
        new FindFluent<TDocument, TNewProjection>(collection, filter, new FindOptions<TDocument, TNewProjection>
        {
            AllowDiskUse = options.AllowDiskUse,
            BatchSize = options.BatchSize,
            Comment = options.Comment,
            Hint = options.Hint,
            Limit = options.Limit,
            MaxTime = options.MaxTime,
            Projection = projection,
            Skip = options.Skip,
            Sort = options.Sort,
        });

    public IFindFluent<TDocument, TProjection> Skip(int? skip)
    {
        options.Skip = skip;
        return this;
    }

    public IFindFluent<TDocument, TProjection> Sort(SortDefinition<TDocument> sort)
    {
        options.Sort = sort;
        return this;
    }

    public Task<IAsyncCursor<TProjection>> ToCursorAsync(CancellationToken cancellationToken = default) =>
        collection.FindAsync(filter, options, cancellationToken);
}
