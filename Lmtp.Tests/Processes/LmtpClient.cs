using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lmtp.Tests.Processes;

/// <summary>A plain LMTP client over a real socket, which shows replies as they come.</summary>
internal sealed class LmtpClient : IAsyncDisposable
{
    private readonly NetworkStream _stream;
    private readonly PipeReader _reader;

    private LmtpClient(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = PipeReader.Create(_stream);
    }

    public static async Task<LmtpClient> ConnectAsync(EndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = endPoint switch
        {
            UnixDomainSocketEndPoint => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
            DnsEndPoint => new Socket(SocketType.Stream, ProtocolType.Tcp),
            _ => new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp),
        };
        await socket.ConnectAsync(endPoint, cancellationToken);
        return new LmtpClient(socket);
    }

    /// <summary>Connects, takes the greeting and says LHLO.</summary>
    /// <exception cref="IOException">The server closed the connection before it had answered both.</exception>
    public static async Task<LmtpClient> OpenAsync(EndPoint endPoint, CancellationToken cancellationToken)
    {
        var client = await ConnectAsync(endPoint, cancellationToken);
        try
        {
            ExpectReply("220", await client.ReadReplyAsync(cancellationToken));
            ExpectReply("250", await client.CommandAsync("LHLO test.example", cancellationToken));
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await _stream.WriteAsync(bytes, cancellationToken);

    public async Task<string> CommandAsync(string command, CancellationToken cancellationToken)
    {
        await SendAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellationToken);
        return await ReadReplyAsync(cancellationToken);
    }

    /// <summary>One reply, its lines joined with LF; empty when the server closed the connection.</summary>
    public async Task<string> ReadReplyAsync(CancellationToken cancellationToken)
    {
        var reply = new StringBuilder();
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            reply.Append(reply.Length == 0 ? string.Empty : "\n").Append(line);
            if (line.Length < 4 || line[3] != '-')
            {
                break;
            }
        }

        return reply.ToString();
    }

    /// <summary>A whole transaction; returns one reply per accepted recipient.</summary>
    public async Task<IReadOnlyList<string>> DeliverAsync(
        string reversePath,
        IReadOnlyList<string> recipients,
        byte[] message,
        CancellationToken cancellationToken)
    {
        Assert.StartsWith("250", await CommandAsync($"MAIL FROM:<{reversePath}>", cancellationToken), StringComparison.Ordinal);
        foreach (var recipient in recipients)
        {
            Assert.StartsWith("250", await CommandAsync($"RCPT TO:<{recipient}>", cancellationToken), StringComparison.Ordinal);
        }

        Assert.StartsWith("354", await CommandAsync("DATA", cancellationToken), StringComparison.Ordinal);
        await SendAsync(DotStuff(message), cancellationToken);
        var replies = new List<string>();
        for (var index = 0; index < recipients.Count; index++)
        {
            replies.Add(await ReadReplyAsync(cancellationToken));
        }

        return replies;
    }

    /// <summary>The message as it goes over the wire, with the end-of-data line (RFC 5321 section 4.5.2).</summary>
    public static byte[] DotStuff(byte[] message)
    {
        var stuffed = new List<byte>(message.Length + 64);
        for (var index = 0; index < message.Length; index++)
        {
            var lineStart = index == 0 || (index >= 2 && message[index - 2] == '\r' && message[index - 1] == '\n');
            if (lineStart && message[index] == '.')
            {
                stuffed.Add((byte)'.');
            }

            stuffed.Add(message[index]);
        }

        stuffed.AddRange(".\r\n"u8);
        return [.. stuffed];
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.CompleteAsync();
        await _stream.DisposeAsync();
    }

    private static void ExpectReply(string code, string reply)
    {
        if (reply.Length == 0)
        {
            throw new EndOfStreamException($"The server closed the connection where {code} was expected.");
        }

        Assert.StartsWith(code, reply, StringComparison.Ordinal);
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellationToken);
            var end = read.Buffer.PositionOf((byte)'\n');
            if (end is { } position)
            {
                var line = Encoding.UTF8.GetString(read.Buffer.Slice(0, position)).TrimEnd('\r');
                _reader.AdvanceTo(read.Buffer.GetPosition(1, position));
                return line;
            }

            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }
}
