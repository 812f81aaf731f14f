using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lmtp.Benchmarks.Encryption;

/// <summary>Hands messages over by LMTP (RFC 2033), one after the other on one connection.</summary>
internal sealed class LmtpSender : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly StreamReader _replies;

    private LmtpSender(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
        _replies = new StreamReader(_stream, Encoding.ASCII);
    }

    /// <summary>Connects to a server of this machine and greets it.</summary>
    public static async Task<LmtpSender> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var sender = new LmtpSender(client);
        await sender.ReadAsync("220", cancellationToken);
        await sender.CommandAsync("LHLO client.test", "250", cancellationToken);
        return sender;
    }

    /// <summary>Hands a message over; no line of it begins with a dot.</summary>
    /// <exception cref="InvalidOperationException">The server refuses it.</exception>
    public async Task SendAsync(string recipient, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await CommandAsync("MAIL FROM:<author@friend.test>", "250", cancellationToken);
        await CommandAsync($"RCPT TO:<{recipient}>", "250", cancellationToken);
        await CommandAsync("DATA", "354", cancellationToken);
        await _stream.WriteAsync(message, cancellationToken);
        await CommandAsync(".", "250", cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _replies.Dispose();
        _client.Dispose();
    }

    private async Task CommandAsync(string command, string expected, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"), cancellationToken);
        await ReadAsync(expected, cancellationToken);
    }

    private async Task ReadAsync(string expected, CancellationToken cancellationToken)
    {
        string? line;
        do
        {
            line = await _replies.ReadLineAsync(cancellationToken);
        }
        while (line is [_, _, _, '-', ..]);

        if (line?.StartsWith(expected, StringComparison.Ordinal) != true)
        {
            throw new InvalidOperationException($"The server answers: {line}");
        }
    }
}
