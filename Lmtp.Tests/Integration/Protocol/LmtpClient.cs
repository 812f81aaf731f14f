using System.Net.Sockets;
using System.Text;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>A client for dialogues over a stream.</summary>
internal sealed class LmtpClient(Stream stream) : IAsyncDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Stream Stream { get; private set; } = stream;

    /// <summary>Connects to a TCP port of this machine or to a Unix socket.</summary>
    public static async Task<LmtpClient> ConnectAsync(int port, string? unixSocket = null) =>
        new(new NetworkStream(await LmtpHost.ConnectAsync(port, unixSocket), ownsSocket: true));

    /// <summary>Goes on over another stream.</summary>
    public void Use(Stream stream) => Stream = stream;

    /// <summary>Sends a line.</summary>
    public Task SendAsync(string line) => SendRawAsync(line + "\r\n");

    /// <summary>Sends text as it is, one byte for each character.</summary>
    public async Task SendRawAsync(string text) => await Stream.WriteAsync(Encoding.Latin1.GetBytes(text), Cancellation);

    /// <summary>Reads a reply of one or more lines, joined by line feeds; empty when the server has closed.</summary>
    public async Task<string> ReadReplyAsync()
    {
        var reply = "";
        while (await ReadLineAsync() is { } line)
        {
            reply += (reply.Length > 0 ? "\n" : "") + line;
            if (line.Length < 4 || line[3] != '-')
            {
                break;
            }
        }

        return reply;
    }

    /// <summary>Sends a line and returns the reply.</summary>
    public async Task<string> AskAsync(string line)
    {
        await SendAsync(line);
        return await ReadReplyAsync();
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    /// <summary>Byte by byte, so that nothing is read that belongs to a later layer.</summary>
    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            int read;
            try
            {
                read = await Stream.ReadAsync(one, Cancellation);
            }
            catch (IOException)
            {
                read = 0;
            }

            if (read == 0)
            {
                return line.Length > 0 ? line.ToString() : null;
            }

            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }
    }
}
