namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.IAsyncCursor&lt;TDocument&gt;: results in batches.</summary>
public interface IAsyncCursor<out TDocument> : IDisposable
{
    IEnumerable<TDocument> Current { get; }

    Task<bool> MoveNextAsync(CancellationToken cancellationToken = default);
}

/// <summary>Mirrors MongoDB.Driver.IAsyncCursorSource&lt;TDocument&gt;: what a cursor can be had from.</summary>
public interface IAsyncCursorSource<TDocument>
{
    Task<IAsyncCursor<TDocument>> ToCursorAsync(CancellationToken cancellationToken = default);
}
