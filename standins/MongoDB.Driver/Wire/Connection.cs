using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver.Wire;

/// <summary>One connection to a server; used by one operation at a time.</summary>
internal sealed class Connection : IDisposable
{
    private static int _lastRequestId;

    private readonly Stream _stream;
    private readonly MessageReader _reader;
    private readonly TimeSpan _timeout;
    private readonly long _openedAt = Environment.TickCount64;

    internal Connection(ConnectionId id, Stream stream, TimeSpan timeout)
    {
        Id = id;
        _stream = stream;
        _reader = new MessageReader(stream);
        _timeout = timeout;
        Touch();
    }

    public ConnectionId Id { get; }

    /// <summary>What the server said when the connection was opened.</summary>
    public HelloResult Hello { get; internal set; }

    /// <summary>The round of the pool in which the connection was opened.</summary>
    public int Generation { get; internal init; }

    /// <summary>Whether nothing may be sent any more.</summary>
    public bool IsBroken { get; private set; }

    public TimeSpan Age => TimeSpan.FromMilliseconds(Environment.TickCount64 - _openedAt);

    public TimeSpan IdleTime => TimeSpan.FromMilliseconds(Environment.TickCount64 - LastUsedAt);

    private long LastUsedAt { get; set; }

    private ServerLimits Limits => Hello?.Limits ?? ServerLimits.Default;

    public void Dispose()
    {
        IsBroken = true;
        _stream.Dispose();
        _reader.Dispose();
    }

    /// <summary>
    /// Sends a command and maps its answer. Whatever ends it early, cancellation too, breaks the connection: an
    /// answer that is still on its way must not be taken for that of the next command.
    /// </summary>
    public async Task<TResult> ExchangeAsync<TResult>(
        DriverCommand command,
        BsonDocument extra,
        bool keep,
        Func<RawBsonDocument, TResult> map,
        CancellationToken cancellationToken)
    {
        using var output = new BsonOutput(4096);
        var requestId = Interlocked.Increment(ref _lastRequestId);
        CommandEncoder.Write(output, requestId, command, extra, Limits);
        using var limit = _timeout > TimeSpan.Zero ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken) : null;
        limit?.CancelAfter(_timeout);
        var answered = false;
        try
        {
            var token = limit?.Token ?? cancellationToken;
            await _stream.WriteAsync(output.WrittenMemory, token).ConfigureAwait(false);
            if (!command.ExpectsReply)
            {
                answered = true;
                return default;
            }

            return await _reader.ReadAsync(requestId, keep, Mapped, token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!answered)
        {
            IsBroken = true;
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw Failed("receiving a message from", new TimeoutException($"The server did not answer within {_timeout}."));
            }

            if (exception is IOException or System.Net.Sockets.SocketException or ObjectDisposedException or FormatException)
            {
                throw Failed("receiving a message from", exception);
            }

            throw;
        }
        finally
        {
            Touch();
        }

        TResult Mapped(RawBsonDocument reply)
        {
            // From here on the whole message has been read, and an error is the operation's, not the connection's.
            answered = true;
            return map(reply);
        }
    }

    internal MongoConnectionException Failed(string what, Exception cause)
    {
        return new MongoConnectionException(Id, $"An exception occurred while {what} the server.", cause);
    }

    private void Touch() => LastUsedAt = Environment.TickCount64;
}
