using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>Stands between a server and Redis and does what a test wants when a command goes by.</summary>
internal sealed class RedisFaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly int _upstreamPort;
    private Strike? _strike;

    private RedisFaultProxy(int upstreamPort)
    {
        _upstreamPort = upstreamPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>How the server under test connects.</summary>
    public string ConnectionString =>
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public static RedisFaultProxy Start(int upstreamPort) => new(upstreamPort);

    /// <summary>Does something once, before or after the first command whose bytes contain this word; null: nothing.</summary>
    public void Arm(string? word, FaultMoment moment, Func<Task> strike) =>
        Volatile.Write(ref _strike, word is null ? null : new Strike(System.Text.Encoding.ASCII.GetBytes(word), moment, strike));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var links = new List<Task>();
        try
        {
            while (true)
            {
                links.Add(LinkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(links);
        }
    }

    private async Task LinkAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _upstreamPort, _stop.Token);
                await Task.WhenAny(
                    ForwardAsync(client.GetStream(), server.GetStream()),
                    server.GetStream().CopyToAsync(client.GetStream(), _stop.Token)).Unwrap();
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side is gone, and so is the other now.
            }
        }
    }

    private async Task ForwardAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _stop.Token) is var count and > 0)
        {
            var strike = Volatile.Read(ref _strike);
            var strikes = strike is not null
                && buffer.AsSpan(0, count).IndexOf(strike.Word) >= 0
                && Interlocked.CompareExchange(ref _strike, null, strike) == strike;
            if (strikes && strike!.Moment == FaultMoment.BeforeTheWrite)
            {
                await strike.Action();
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
            if (strikes)
            {
                await strike!.Action();
                return;
            }
        }
    }

    private sealed record Strike(byte[] Word, FaultMoment Moment, Func<Task> Action);
}
