using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Lmtp.Tests.Integration.WildDuck.Imap;

/// <summary>A plain IMAP client over a real socket, which shows responses as they come.</summary>
internal sealed partial class ImapClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly NetworkStream _stream;
    private readonly PipeReader _reader;
    private int _tag;

    private ImapClient(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = PipeReader.Create(_stream);
    }

    public static async Task<ImapClient> LoginAsync(EndPoint endPoint, string user, string password)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endPoint, TestContext.Current.CancellationToken);
        var client = new ImapClient(socket);
        Assert.Equal("OK", (await client.ReadAsync()).Name);
        await client.CommandAsync($"LOGIN {user} {password}");
        return client;
    }

    /// <summary>Sends a command that is to succeed, and returns what came before its OK.</summary>
    public async Task<IReadOnlyList<ImapResponse>> CommandAsync(string command)
    {
        var (responses, status) = await TryCommandAsync(command);
        Assert.True(status.Name == "OK", $"{command}: {status.Text}");
        return responses;
    }

    /// <summary>Sends a command and returns what came before its status, and that.</summary>
    public async Task<(IReadOnlyList<ImapResponse> Responses, ImapResponse Status)> TryCommandAsync(string command)
    {
        var tag = await SendAsync(command);
        var responses = new List<ImapResponse>();
        while (true)
        {
            var response = await ReadAsync();
            if (response.Tag == tag)
            {
                return (responses, response);
            }

            responses.Add(response);
        }
    }

    /// <summary>The FETCH responses to a command, by UID.</summary>
    public async Task<SortedDictionary<long, IReadOnlyDictionary<string, ImapValue>>> FetchAsync(string uids, string attributes)
    {
        var fetched = new SortedDictionary<long, IReadOnlyDictionary<string, ImapValue>>();
        foreach (var response in await CommandAsync($"UID FETCH {uids} ({attributes})"))
        {
            if (response.Name == "FETCH")
            {
                var found = response.Attributes();
                fetched.Add(long.Parse(found["UID"].ToString()!, CultureInfo.InvariantCulture), found);
            }
        }

        return fetched;
    }

    /// <summary>The UIDs that a search finds, ascending.</summary>
    public async Task<IReadOnlyList<long>> SearchAsync(string query) =>
    [
        .. (await CommandAsync($"UID SEARCH {query}"))
            .Where(response => response.Name == "SEARCH")
            .SelectMany(response => response.Values)
            .OfType<ImapAtom>()
            .TakeWhile(value => char.IsAsciiDigit(value.Text[0]))
            .Select(value => long.Parse(value.Text, CultureInfo.InvariantCulture))
            .Order(),
    ];

    /// <summary>Asks for news until there are so many messages; WildDuck gathers notifications for a moment.</summary>
    public Task WaitForExistsAsync(int count) => Eventually.TrueAsync(
        async () => (await CommandAsync("NOOP")).Any(response => response.Name == "EXISTS" && response.Number == count));

    /// <summary>Enters IDLE; what comes is read with <see cref="ReadAsync"/>.</summary>
    public async Task<string> IdleAsync()
    {
        var tag = await SendAsync("IDLE");
        Assert.Equal("+", (await ReadAsync()).Tag);
        return tag;
    }

    /// <summary>Ends IDLE and returns what came before its OK.</summary>
    public async Task<IReadOnlyList<ImapResponse>> DoneAsync(string tag)
    {
        await _stream.WriteAsync("DONE\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var responses = new List<ImapResponse>();
        for (var response = await ReadAsync(); response.Tag != tag; response = await ReadAsync())
        {
            responses.Add(response);
        }

        return responses;
    }

    /// <summary>One response with its literals; a server that says nothing for two minutes is an error.</summary>
    public Task<ImapResponse> ReadAsync() => ReadResponseAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _reader.CompleteAsync();
        await _stream.DisposeAsync();
    }

    [GeneratedRegex(@"\{([0-9]+)\}$")]
    private static partial Regex Literal();

    private async Task<ImapResponse> ReadResponseAsync()
    {
        var parts = new List<(string Line, byte[]? Literal)>();
        while (true)
        {
            var line = await ReadLineAsync();
            if (Literal().Match(line) is not { Success: true } literal)
            {
                parts.Add((line, null));
                return ImapResponse.Parse(parts);
            }

            parts.Add((line, await ReadBytesAsync(int.Parse(literal.Groups[1].ValueSpan, CultureInfo.InvariantCulture))));
        }
    }

    private async Task<string> SendAsync(string command)
    {
        var tag = $"T{++_tag}";
        await _stream.WriteAsync(Encoding.UTF8.GetBytes($"{tag} {command}\r\n"), TestContext.Current.CancellationToken);
        return tag;
    }

    private async Task<string> ReadLineAsync()
    {
        while (true)
        {
            var read = await _reader.ReadAsync(TestContext.Current.CancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.Latin1.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                _reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            Assert.False(read.IsCompleted, "The IMAP server closed the connection.");
        }
    }

    private async Task<byte[]> ReadBytesAsync(int count)
    {
        var read = await _reader.ReadAtLeastAsync(count, TestContext.Current.CancellationToken);
        Assert.True(read.Buffer.Length >= count, "The IMAP server closed the connection.");
        var bytes = read.Buffer.Slice(0, count).ToArray();
        _reader.AdvanceTo(read.Buffer.GetPosition(count));
        return bytes;
    }
}
