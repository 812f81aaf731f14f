namespace MongoDB.Driver;

/// <summary>Something that can be run to get results.</summary>
/// <typeparam name="TDocument">The type of the results.</typeparam>
public interface IAsyncCursorSource<TDocument>
{
    /// <summary>Runs it.</summary>
    Task<IAsyncCursor<TDocument>> ToCursorAsync(CancellationToken cancellationToken = default);
}
