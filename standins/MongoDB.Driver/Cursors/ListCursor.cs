namespace MongoDB.Driver.Cursors;

/// <summary>Results that are all there.</summary>
internal sealed class ListCursor<TDocument>(IReadOnlyList<TDocument> documents) : IAsyncCursor<TDocument>
{
    private bool _moved;

    public IEnumerable<TDocument> Current { get; private set; } = [];

    public Task<bool> MoveNextAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var first = !_moved;
        _moved = true;
        Current = first ? documents : [];
        return Task.FromResult(first);
    }

    public void Dispose()
    {
    }
}

/// <summary>The results of another cursor in another form.</summary>
internal sealed class MappedCursor<TSource, TDocument>(IAsyncCursor<TSource> source, Func<TSource, TDocument> map) : IAsyncCursor<TDocument>
{
    public IEnumerable<TDocument> Current => source.Current.Select(map);

    public Task<bool> MoveNextAsync(CancellationToken cancellationToken = default) => source.MoveNextAsync(cancellationToken);

    public void Dispose() => source.Dispose();
}
