using System.Globalization;
using System.Net;
using Lmtp.Server.Protocol.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>A bound address of a configured listener, while the server runs.</summary>
internal sealed class LmtpListener(ListenerOptions options, ListenOptions endpoint)
{
    private int _connections;

    public ListenerOptions Options => options;

    /// <summary>The configured name, or the address.</summary>
    public string Name => options.Name.Length > 0 ? options.Name : Address;

    /// <summary>The address that is bound: port 0 has become a real one once the server has started.</summary>
    public string Address => endpoint.SocketPath ?? endpoint.IPEndPoint!.ToString();

    /// <summary>Counts a connection.</summary>
    public void Opened() => Interlocked.Increment(ref _connections);

    /// <summary>Counts a connection out.</summary>
    public void Closed() => Interlocked.Decrement(ref _connections);

    public LmtpListenerState Describe() => new(
        Name,
        endpoint.SocketPath is null ? "tcp" : "unix",
        Address,
        (endpoint.EndPoint as IPEndPoint)?.Port,
        "none",
        Volatile.Read(ref _connections));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}");
}
