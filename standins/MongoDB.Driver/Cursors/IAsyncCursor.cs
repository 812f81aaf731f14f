namespace MongoDB.Driver;

/// <summary>Results that come in batches.</summary>
/// <typeparam name="TDocument">The type of the results.</typeparam>
public interface IAsyncCursor<out TDocument> : IDisposable
{
    /// <summary>The batch that was read last.</summary>
    IEnumerable<TDocument> Current { get; }

    /// <summary>Reads the next batch; false at the end.</summary>
    Task<bool> MoveNextAsync(CancellationToken cancellationToken = default);
}
