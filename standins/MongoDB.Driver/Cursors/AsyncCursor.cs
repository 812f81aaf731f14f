using MongoDB.Bson;
using MongoDB.Driver.Operations;
using MongoDB.Driver.Topology;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Cursors;

/// <summary>Reads batches from the server that ran the query.</summary>
internal sealed class AsyncCursor<TDocument> : IAsyncCursor<TDocument>
{
    private readonly OperationExecutor _executor;
    private readonly CursorOptions _options;
    private readonly Server _server;
    private readonly string _database;
    private readonly string _collection;
    private Session _session;
    private long _cursorId;
    private IReadOnlyList<TDocument> _next;
    private IReadOnlyList<TDocument> _current;
    private long _returned;
    private bool _disposed;

    private AsyncCursor(OperationExecutor executor, CursorOptions options, CommandContext context, RawBsonDocument reply)
    {
        _executor = executor;
        _options = options;
        _server = context.Server;
        _session = context.Session;
        var cursor = reply["cursor"].AsBsonDocument;
        var ns = cursor["ns"].AsString;
        var dot = ns.IndexOf('.', StringComparison.Ordinal);
        (_database, _collection) = (ns[..dot], ns[(dot + 1)..]);
        _cursorId = cursor["id"].ToInt64();
        _next = DocumentReader.ReadAll<TDocument>(cursor["firstBatch"]);
        context.SessionIsTaken = _cursorId != 0;
    }

    public IEnumerable<TDocument> Current => _current ?? throw new InvalidOperationException("Enumeration has not started. Call MoveNextAsync.");

    public static Func<CommandContext, RawBsonDocument, IAsyncCursor<TDocument>> Open(OperationExecutor executor, CursorOptions options)
    {
        return (context, reply) => new AsyncCursor<TDocument>(executor, options, context, reply);
    }

    public async Task<bool> MoveNextAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_next is null && _cursorId != 0)
        {
            await GetMoreAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_next is null)
        {
            ReleaseSession();
            _current = [];
            return false;
        }

        _current = _next;
        _returned += _current.Count;
        _next = null;
        return true;
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_cursorId != 0)
        {
            _server.Abandon(_database, _collection, _cursorId);
        }

        ReleaseSession();
    }

    private async Task GetMoreAsync(CancellationToken cancellationToken)
    {
        var batchSize = _options.BatchSize;
        if (_options.Limit is { } limit)
        {
            var left = (int)Math.Max(1, limit - _returned);
            batchSize = batchSize is null ? left : Math.Min(batchSize.Value, left);
        }

        var body = new BsonDocument { { "getMore", _cursorId }, { "collection", _collection } }
            .Add("batchSize", batchSize, batchSize.HasValue)
            .Add("maxTimeMS", () => (long)_options.MaxAwaitTime.Value.TotalMilliseconds, _options.MaxAwaitTime.HasValue);
        _next = await _executor
            .RunOnAsync(_server, _session, new DriverCommand(_database, body), DocumentReader.Keeps<TDocument>(), Read, cancellationToken)
            .ConfigureAwait(false);

        IReadOnlyList<TDocument> Read(CommandContext context, RawBsonDocument reply)
        {
            var cursor = reply["cursor"].AsBsonDocument;
            _cursorId = cursor["id"].ToInt64();
            return DocumentReader.ReadAll<TDocument>(cursor["nextBatch"]);
        }
    }

    private void ReleaseSession()
    {
        _executor.Release(_session);
        _session = null;
    }
}

/// <summary>How a cursor reads on.</summary>
internal sealed record CursorOptions(int? BatchSize = null, int? Limit = null, TimeSpan? MaxAwaitTime = null);
