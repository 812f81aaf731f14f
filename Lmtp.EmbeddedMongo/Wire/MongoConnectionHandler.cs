using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Commands;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Lmtp.EmbeddedMongo.Wire;

/// <summary>Serves one client connection after another message, in the order in which they come.</summary>
/// <param name="dispatcher">Carries out the commands.</param>
/// <param name="logger">Where broken connections are logged.</param>
internal sealed partial class MongoConnectionHandler(
    CommandDispatcher dispatcher,
    ILogger<MongoConnectionHandler> logger) : ConnectionHandler
{
    private static int _connections;

    /// <inheritdoc />
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var session = new ClientSession(Interlocked.Increment(ref _connections));
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        var notification = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        using var registration = notification?.ConnectionClosedRequested.Register(connection.Transport.Input.CancelPendingRead);
        try
        {
            while (await ServeOneAsync(connection.Transport, session, stopping.Token)
                && notification?.ConnectionClosedRequested.IsCancellationRequested is not true)
            {
            }
        }
        catch (Exception exception) when (exception is ProtocolException or BsonFormatException)
        {
            LogProtocolError(connection.ConnectionId, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ConnectionAbortedException)
        {
            LogConnectionLost(connection.ConnectionId, exception.Message);
        }
    }

    private static void WriteReply(PipeWriter output, int requestId, bool isLegacy, CommandReply reply)
    {
        var overhead = WireProtocol.HeaderLength + (isLegacy ? 20 : 5);
        var span = output.GetSpan(overhead);
        span[..overhead].Clear();
        MessageHeader.Write(
            span,
            overhead + reply.Length,
            requestId,
            requestId,
            isLegacy ? WireProtocol.OpReply : WireProtocol.OpMsg);
        if (isLegacy)
        {
            // AwaitCapable, no cursor, one document.
            BinaryPrimitives.WriteInt32LittleEndian(span[WireProtocol.HeaderLength..], 8);
            BinaryPrimitives.WriteInt32LittleEndian(span[(WireProtocol.HeaderLength + 16)..], 1);
        }

        output.Advance(overhead);
        reply.Write(output);
    }

    private static CommandRequest Parse(MessageHeader header, ReadOnlyMemory<byte> message) => header.OpCode switch
    {
        WireProtocol.OpMsg => OpMsgReader.Read(message),
        WireProtocol.OpQuery => OpQueryReader.Read(message.Span),
        _ => throw new ProtocolException($"operation code {header.OpCode} is not supported"),
    };

    // Big messages are copied out as they arrive: the transport stops reading once too much lies unconsumed.
    private static async Task<bool> ReadFullyAsync(PipeReader input, Memory<byte> target, CancellationToken cancellationToken)
    {
        while (!target.IsEmpty)
        {
            var result = await input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            var length = (int)Math.Min(buffer.Length, target.Length);
            buffer.Slice(0, length).CopyTo(target.Span);
            target = target[length..];
            input.AdvanceTo(buffer.GetPosition(length));
            if (!target.IsEmpty && (result.IsCompleted || result.IsCanceled))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> ServeOneAsync(IDuplexPipe transport, ClientSession session, CancellationToken cancellationToken)
    {
        var head = new byte[WireProtocol.HeaderLength];
        if (!await ReadFullyAsync(transport.Input, head, cancellationToken))
        {
            return false;
        }

        var header = MessageHeader.Read(head);
        var message = ArrayPool<byte>.Shared.Rent(header.Length);
        try
        {
            head.CopyTo(message, 0);
            var rest = message.AsMemory(WireProtocol.HeaderLength, header.Length - WireProtocol.HeaderLength);
            if (!await ReadFullyAsync(transport.Input, rest, cancellationToken))
            {
                return false;
            }

            var request = Parse(header, message.AsMemory(0, header.Length));
            var reply = await dispatcher.ExecuteAsync(request, session, cancellationToken);
            if (!request.ExpectsReply)
            {
                return true;
            }

            WriteReply(transport.Output, header.RequestId, request.IsLegacy, reply);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }

        var flushed = await transport.Output.FlushAsync(cancellationToken);
        return !flushed.IsCompleted;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection {ConnectionId} closed: {Reason}")]
    private partial void LogProtocolError(string connectionId, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Connection {ConnectionId} lost: {Reason}")]
    private partial void LogConnectionLost(string connectionId, string reason);
}
