using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.Benchmarks.EmbeddedMongo;

/// <summary>One connection that sends prepared commands, so that the client costs as little of the machine as possible.</summary>
internal sealed class WireClient : IDisposable
{
    private const int HeaderSize = 16;
    private const int MessageOpcode = 2013;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _reply = new byte[64 * 1024];

    /// <summary>Connects.</summary>
    public static async Task<WireClient> ConnectAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        WireClient client = new();
        await client._socket.ConnectAsync(server, cancellationToken);
        return client;
    }

    /// <summary>Makes a message of a command.</summary>
    public static byte[] Message(ReadOnlySpan<byte> command)
    {
        byte[] message = new byte[HeaderSize + 5 + command.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), MessageOpcode);
        command.CopyTo(message.AsSpan(HeaderSize + 5));
        return message;
    }

    /// <summary>Sends a command and waits for its reply.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The reply document; valid until the next command.</returns>
    /// <exception cref="InvalidOperationException">The server answers with an error.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(message, SocketFlags.None, cancellationToken);
        int received = 0;
        int length = int.MaxValue;
        while (received < length)
        {
            int read = await _socket.ReceiveAsync(_reply.AsMemory(received), SocketFlags.None, cancellationToken);
            if (read == 0)
            {
                throw new InvalidOperationException("the server closed the connection");
            }

            received += read;
            if (length == int.MaxValue && received >= HeaderSize)
            {
                length = BinaryPrimitives.ReadInt32LittleEndian(_reply);
                Array.Resize(ref _reply, Math.Max(_reply.Length, length));
            }
        }

        ReadOnlyMemory<byte> document = _reply.AsMemory(HeaderSize + 5, length - HeaderSize - 5);
        BsonSlice reply = new(document.Span);
        return reply["ok"u8].AsDouble == 1 && reply["writeErrors"u8].IsMissing
            ? document
            : throw new InvalidOperationException(BsonText.Format(document.Span));
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
