using System.Net;
using Lmtp.Server.Protocol.Listeners;
using Lmtp.Server.Protocol.Security;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>What is known about a connection before its first command.</summary>
internal sealed record ConnectionProfile
{
    /// <summary>Identifies the session in replies and logs.</summary>
    public required string SessionId { get; init; }

    /// <summary>The listener's name.</summary>
    public required string Listener { get; init; }

    /// <summary>What the listener allows.</summary>
    public required ListenerPolicy Policy { get; init; }

    /// <summary>The client's address, after PROXY, or null on a Unix socket.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>The other end of the socket: the proxy's address behind a proxy; null on a Unix socket.</summary>
    public IPAddress? PeerAddress { get; init; }

    /// <summary>The TLS that the connection began with, or null.</summary>
    public TlsState? Tls { get; init; }
}
