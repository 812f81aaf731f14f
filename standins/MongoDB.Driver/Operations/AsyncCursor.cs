using MongoDB.Bson;
using MongoDB.Driver.Topology;

namespace MongoDB.Driver;

/// <summary>A cursor on the server, read with getMore and killed when given up early.</summary>
internal sealed class AsyncCursor<TDocument>(
    CommandExecutor executor,
    CollectionNamespace source,
    BsonDocument cursor,
    int? batchSize,
    int? limit) : IAsyncCursor<TDocument>
{
    private const int CursorNotFound = 43;

    private long _id = cursor["id"].ToInt64();
    private IReadOnlyList<TDocument> _next = Batch(cursor["firstBatch"].AsBsonArray);
    private IReadOnlyList<TDocument> _current;
    private long _given;

    public IEnumerable<TDocument> Current => _current ?? throw new InvalidOperationException("Enumeration has not started. Call MoveNextAsync.");

    public async Task<bool> MoveNextAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_next is not null)
            {
                _current = _next;
                _next = null;
                _given += _current.Count;
                if (_current.Count > 0 || _id == 0)
                {
                    return _current.Count > 0;
                }
            }

            if (_id == 0)
            {
                _current = [];
                return false;
            }

            _next = await GetMoreAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        if (_id != 0)
        {
            var id = _id;
            _id = 0;
            _ = KillAsync(id);
        }
    }

    private static IReadOnlyList<TDocument> Batch(BsonArray documents) => [.. documents.Select(DocumentCodec<TDocument>.Decode)];

    private async Task<IReadOnlyList<TDocument>> GetMoreAsync(CancellationToken cancellationToken)
    {
        var command = new BsonDocument { { "getMore", _id }, { "collection", source.CollectionName } };
        var size = limit is > 0 ? (int)Math.Min(limit.Value - _given, batchSize ?? int.MaxValue) : batchSize;
        command.Add("batchSize", () => size.Value, size is > 0 and < int.MaxValue);
        try
        {
            var reply = await executor.ReadAsync(source.DatabaseNamespace.DatabaseName, command, cancellationToken).ConfigureAwait(false);
            var more = reply.Document["cursor"].AsBsonDocument;
            _id = more["id"].ToInt64();
            return Batch(more["nextBatch"].AsBsonArray);
        }
        catch (MongoCommandException exception) when (exception.Code == CursorNotFound)
        {
            throw new MongoCursorNotFoundException(exception.ConnectionId, _id, command);
        }
    }

    /// <summary>Best effort: a cursor that cannot be killed times out on the server.</summary>
    private async Task KillAsync(long id)
    {
        try
        {
            var command = new BsonDocument { { "killCursors", source.CollectionName }, { "cursors", new BsonArray { id } } };
            using var limitedTime = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await executor.WriteAsync(source.DatabaseNamespace.DatabaseName, command, null, limitedTime.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            return;
        }
    }
}
