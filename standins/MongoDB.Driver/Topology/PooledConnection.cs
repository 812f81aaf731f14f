using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Topology;

/// <summary>A connection that goes back to its pool when disposed.</summary>
internal sealed class PooledConnection(ConnectionPool pool, WireConnection connection, int generation) : IAsyncDisposable
{
    public WireConnection Wire { get; } = connection;

    public ConnectionPool Pool { get; } = pool;

    public ValueTask DisposeAsync() => Pool.ReleaseAsync(Wire, generation);
}
