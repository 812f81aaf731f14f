namespace MongoDB.Driver;

/// <summary>A query that is put together step by step.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
/// <typeparam name="TProjection">The type of the results.</typeparam>
public interface IFindFluent<TDocument, TProjection> : IAsyncCursorSource<TProjection>
{
    /// <summary>Which documents.</summary>
    FilterDefinition<TDocument> Filter { get; set; }

    /// <summary>The options.</summary>
    FindOptions<TDocument, TProjection> Options { get; }

    /// <summary>Counts the documents.</summary>
    Task<long> CountDocumentsAsync(CancellationToken cancellationToken = default);

    /// <summary>So many documents at most.</summary>
    IFindFluent<TDocument, TProjection> Limit(int? limit);

    /// <summary>Returns only parts of the documents.</summary>
    IFindFluent<TDocument, TNewProjection> Project<TNewProjection>(ProjectionDefinition<TDocument, TNewProjection> projection);

    /// <summary>Leaves out so many documents.</summary>
    IFindFluent<TDocument, TProjection> Skip(int? skip);

    /// <summary>Orders the documents.</summary>
    IFindFluent<TDocument, TProjection> Sort(SortDefinition<TDocument> sort);
}
