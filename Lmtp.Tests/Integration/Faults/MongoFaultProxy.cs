using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// Stands between a server and its database, reads every command, breaks connections at the write that a test names and
/// holds the requests that it names. The server under test knows nothing of it.
/// </summary>
internal sealed class MongoFaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, byte> _clients = new();
    private readonly ConcurrentDictionary<Task, byte> _links = new();
    private readonly ConcurrentDictionary<Link, byte> _open = new();
    private readonly Lock _lock = new();
    private readonly List<string> _writes = [];
    private readonly string _upstreamHost;
    private readonly int _upstreamPort;
    private readonly Task _accepting;
    private ImmutableList<HeldRequests> _held = [];
    private TaskCompletionSource _struck = NewCompletion();
    private Fault? _fault;
    private volatile bool _isOut;

    private MongoFaultProxy(Uri upstream)
    {
        _upstreamHost = upstream.Host;
        _upstreamPort = upstream.Port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>How the server under test connects.</summary>
    public string ConnectionString =>
        string.Create(CultureInfo.InvariantCulture, $"mongodb://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The writes since the last call of <see cref="Arm"/>, in their order.</summary>
    public IReadOnlyList<string> Writes
    {
        get
        {
            lock (_lock)
            {
                return [.. _writes];
            }
        }
    }

    /// <summary>The commands that the database, or this proxy, has not answered yet, each with the seconds since it came.</summary>
    public IReadOnlyList<string> Unanswered => [.. _open.Keys.Select(link => link.Unanswered).OfType<string>()];

    /// <summary>Ends when the armed fault has struck.</summary>
    public Task Struck => _struck.Task;

    public static MongoFaultProxy Start(string connectionString) => new(new Uri(connectionString));

    /// <summary>Begins to count writes anew; a fault strikes once, null only counts.</summary>
    public void Arm(Fault? fault)
    {
        lock (_lock)
        {
            _writes.Clear();
            _struck = NewCompletion();
            _fault = fault;
        }
    }

    /// <summary>Holds each request that has the bytes in it, until what is returned lets go.</summary>
    public HeldRequests Hold(ReadOnlyMemory<byte> bytes)
    {
        var held = new HeldRequests(bytes);
        ImmutableInterlocked.Update(ref _held, static (all, one) => [.. all.Where(other => !other.IsReleased), one], held);
        return held;
    }

    /// <summary>Ends the outage.</summary>
    public void Heal() => _isOut = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        CloseAll();
        await _accepting;
        await Task.WhenAll(_links.Keys);
        _stop.Dispose();
    }

    private static TaskCompletionSource NewCompletion() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                if (_isOut)
                {
                    client.Dispose();
                    continue;
                }

                var link = Task.Run(() => LinkAsync(client));
                _links[link] = 0;
                _ = link.ContinueWith(ended => _links.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The proxy is stopped.
        }
    }

    private async Task LinkAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            _clients[client] = 0;
            try
            {
                await server.ConnectAsync(_upstreamHost, _upstreamPort, _stop.Token);
                var link = new Link(this, client, server);
                _open[link] = 0;
                try
                {
                    await Task.WhenAny(link.ForwardRequestsAsync(_stop.Token), link.ForwardRepliesAsync(_stop.Token)).Unwrap();
                }
                finally
                {
                    _open.TryRemove(link, out _);
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // One side is gone, and so is the other now.
            }
            finally
            {
                _clients.TryRemove(client, out _);
            }
        }
    }

    private Fault? OnWrite(string name)
    {
        lock (_lock)
        {
            _writes.Add(name);
            if (_fault is not { } fault || !fault.StrikesAt(_writes))
            {
                return null;
            }

            _fault = null;
            return fault;
        }
    }

    private async Task StrikeAsync(Fault fault, TcpClient client)
    {
        if (fault.Strike is { } strike)
        {
            await strike();
        }

        // Said before the connection breaks: whoever notices that looks at once whether the fault has struck.
        _isOut |= fault.Extent == FaultExtent.Outage;
        _struck.TrySetResult();
        if (fault.Extent == FaultExtent.Outage)
        {
            CloseAll();
        }

        client.Close();
    }

    private void CloseAll()
    {
        foreach (var client in _clients.Keys)
        {
            client.Close();
        }
    }

    private sealed class Link(MongoFaultProxy proxy, TcpClient client, TcpClient server)
    {
        private volatile Fault? _atReply;
        private int _request;
        private volatile WireMessage? _unanswered;

        public string? Unanswered => _unanswered is { } command
            ? $"{command.CommandName()} ({TimeProvider.System.GetElapsedTime(command.ReadAt).TotalSeconds:F1} s)"
            : null;

        public async Task ForwardRequestsAsync(CancellationToken cancellationToken)
        {
            var (from, to) = (client.GetStream(), server.GetStream());
            while (await WireMessage.ReadAsync(from, cancellationToken) is { } message)
            {
                _unanswered = message;
                var fault = message.WriteName() is { } name ? proxy.OnWrite(name) : null;
                if (fault is { IsHeldUp: true })
                {
                    await fault.Strike!();
                    proxy._struck.TrySetResult();
                    fault = null;
                }

                if (fault?.Moment == FaultMoment.BeforeTheWrite)
                {
                    await proxy.StrikeAsync(fault, client);
                    return;
                }

                foreach (var held in Volatile.Read(ref proxy._held))
                {
                    await held.PassAsync(message, cancellationToken);
                }

                _request = message.RequestId;
                _atReply = fault;
                await to.WriteAsync(message.Bytes, cancellationToken);
            }
        }

        public async Task ForwardRepliesAsync(CancellationToken cancellationToken)
        {
            var (from, to) = (server.GetStream(), client.GetStream());
            while (await WireMessage.ReadAsync(from, cancellationToken) is { } message)
            {
                if (_atReply is { } fault && message.ResponseTo == _request)
                {
                    await proxy.StrikeAsync(fault, client);
                    return;
                }

                _unanswered = null;
                await to.WriteAsync(message.Bytes, cancellationToken);
            }
        }
    }
}
