using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Lmtp.Tests.Browser;

/// <summary>An address that nobody may call, and that notices each connection, whatever it is for.</summary>
internal sealed class CallCounter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(OwnAddress(), 0);
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private int _requests;

    public CallCounter()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>How many connections there were.</summary>
    public int Connections => _connections.Count;

    /// <summary>On how many of them something was sent.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _over.Dispose();
    }

    // Other tests call ports of 127.0.0.1 that nobody listens on any more; Linux has more addresses than that one.
    private static IPAddress OwnAddress() => OperatingSystem.IsLinux()
        ? new IPAddress([127, (byte)Random.Shared.Next(1, 255), (byte)Random.Shared.Next(1, 255), (byte)Random.Shared.Next(1, 255)])
        : IPAddress.Loopback;

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ReadAsync(await _listener.AcceptTcpClientAsync(_over.Token)));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ReadAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                if (await client.GetStream().ReadAsync(new byte[1], _over.Token) > 0)
                {
                    Interlocked.Increment(ref _requests);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // Nothing was sent.
            }
        }
    }
}
