using System.Net;
using Lmtp.Server.Protocol.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>A bound address of a configured listener, while the server runs.</summary>
internal sealed class LmtpListener(ListenerPolicy policy, ListenOptions endpoint)
{
    private int _connections;

    public ListenerPolicy Policy => policy;

    /// <summary>The configured name, or the address.</summary>
    public string Name => policy.Options.Name.Length > 0 ? policy.Options.Name : Address;

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
        policy.Options.Tls.Mode switch
        {
            TlsMode.Implicit => "implicit",
            TlsMode.StartTls => "starttls",
            TlsMode.StartTlsRequired => "starttls-required",
            _ => "none",
        },
        Volatile.Read(ref _connections))
    {
        Certificate = policy.Tls?.Describe(),
    };
}
