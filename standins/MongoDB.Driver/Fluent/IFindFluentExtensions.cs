using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Runs queries that need only the first results.</summary>
public static class IFindFluentExtensions
{
    /// <summary>Returns only parts of the documents.</summary>
    public static IFindFluent<TDocument, BsonDocument> Project<TDocument, TProjection>(this IFindFluent<TDocument, TProjection> find, ProjectionDefinition<TDocument, BsonDocument> projection)
    {
        return find.Project<BsonDocument>(projection);
    }

    /// <summary>Whether there is a document.</summary>
    public static Task<bool> AnyAsync<TDocument, TProjection>(this IFindFluent<TDocument, TProjection> find, CancellationToken cancellationToken = default)
    {
        return IAsyncCursorSourceExtensions.AnyAsync(find.Limit(1), cancellationToken);
    }

    /// <summary>The first result; none is an InvalidOperationException.</summary>
    public static Task<TProjection> FirstAsync<TDocument, TProjection>(this IFindFluent<TDocument, TProjection> find, CancellationToken cancellationToken = default)
    {
        return IAsyncCursorSourceExtensions.FirstAsync(find.Limit(1), cancellationToken);
    }

    /// <summary>The first result, or null.</summary>
    public static Task<TProjection> FirstOrDefaultAsync<TDocument, TProjection>(this IFindFluent<TDocument, TProjection> find, CancellationToken cancellationToken = default)
    {
        return IAsyncCursorSourceExtensions.FirstOrDefaultAsync(find.Limit(1), cancellationToken);
    }

    /// <summary>The only result; none or several are an InvalidOperationException.</summary>
    public static Task<TProjection> SingleAsync<TDocument, TProjection>(this IFindFluent<TDocument, TProjection> find, CancellationToken cancellationToken = default)
    {
        return IAsyncCursorSourceExtensions.SingleAsync(find.Limit(2), cancellationToken);
    }

    /// <summary>The only result, or null; several are an InvalidOperationException.</summary>
    public static Task<TProjection> SingleOrDefaultAsync<TDocument, TProjection>(this IFindFluent<TDocument, TProjection> find, CancellationToken cancellationToken = default)
    {
        return IAsyncCursorSourceExtensions.SingleOrDefaultAsync(find.Limit(2), cancellationToken);
    }
}
