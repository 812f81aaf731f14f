using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>A POP3 client over TLS, which WildDuck wants before it takes a password.</summary>
internal sealed class Pop3Client : IAsyncDisposable
{
    private readonly SslStream _stream;
    private readonly StreamReader _reader;

    private Pop3Client(SslStream stream)
    {
        _stream = stream;
        _reader = new StreamReader(stream, Encoding.Latin1);
    }

    public static async Task<Pop3Client> LoginAsync(EndPoint endPoint, string user, string password)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endPoint, cancellationToken);

        // WildDuck's built-in certificate is for no name in particular.
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate is not null);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, cancellationToken);
        var client = new Pop3Client(stream);
        await client.ExpectAsync();
        await client.CommandAsync($"USER {user}");
        await client.CommandAsync($"PASS {password}");
        return client;
    }

    /// <summary>The numbers and sizes of all messages.</summary>
    public async Task<IReadOnlyList<(int Number, long Size)>> ListAsync()
    {
        await CommandAsync("LIST");
        var list = new List<(int, long)>();
        await foreach (var line in ReadLinesAsync())
        {
            var words = line.Split(' ');
            list.Add((int.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture)));
        }

        return list;
    }

    /// <summary>One message, dots and end line taken away.</summary>
    public async Task<byte[]> RetrieveAsync(int number)
    {
        await CommandAsync($"RETR {number}");
        var message = new StringBuilder();
        await foreach (var line in ReadLinesAsync())
        {
            message.Append(line).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(message.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _stream.DisposeAsync();
    }

    private async Task<string> CommandAsync(string command)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), TestContext.Current.CancellationToken);
        return await ExpectAsync();
    }

    private async Task<string> ExpectAsync()
    {
        var line = await ReadLineAsync();
        Assert.StartsWith("+OK", line, StringComparison.Ordinal);
        return line;
    }

    private async IAsyncEnumerable<string> ReadLinesAsync()
    {
        for (var line = await ReadLineAsync(); line != "."; line = await ReadLineAsync())
        {
            yield return line.StartsWith('.') ? line[1..] : line;
        }
    }

    // A line ends with CRLF alone: a lone CR or LF is a part of it.
    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        var one = new char[1];
        while (await _reader.ReadAsync(one, TestContext.Current.CancellationToken) == 1)
        {
            line.Append(one[0]);
            if (one[0] == '\n' && line.Length > 1 && line[^2] == '\r')
            {
                return line.ToString(0, line.Length - 2);
            }
        }

        throw new EndOfStreamException("The POP3 server closed the connection.");
    }
}
