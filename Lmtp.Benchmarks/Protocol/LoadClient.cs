using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lmtp.Benchmarks.Protocol;

/// <summary>A lean client: it counts lines instead of reading them.</summary>
internal sealed class LoadClient : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer;

    private LoadClient(Socket socket, int bufferSize)
    {
        _socket = socket;
        _buffer = GC.AllocateUninitializedArray<byte>(bufferSize);
    }

    /// <summary>Connects to a TCP port or a Unix socket and waits for the greeting.</summary>
    public static async Task<LoadClient> ConnectAsync(EndPoint endPoint, int bufferSize = 512)
    {
        var isUnix = endPoint is UnixDomainSocketEndPoint;
        var socket = new Socket(isUnix ? AddressFamily.Unix : endPoint.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        await socket.ConnectAsync(endPoint);
        var client = new LoadClient(socket, bufferSize);
        await client.ReadLinesAsync(1);
        return client;
    }

    /// <summary>Sends text.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>Sends bytes.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Reads until this many lines have come.</summary>
    public async Task ReadLinesAsync(int lines)
    {
        while (lines > 0)
        {
            var length = await _socket.ReceiveAsync(_buffer);
            if (length == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            lines -= _buffer.AsSpan(0, length).Count((byte)'\n');
        }
    }

    public void Dispose() => _socket.Dispose();
}
