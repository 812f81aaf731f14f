using System.Net;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>What is known about a connection before its first command.</summary>
internal sealed record ConnectionProfile
{
    /// <summary>Identifies the session in replies and logs.</summary>
    public required string SessionId { get; init; }

    /// <summary>The listener's name.</summary>
    public required string Listener { get; init; }

    /// <summary>The client's address, or null on a Unix socket.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>The TLS cipher suite when the connection began with TLS.</summary>
    public string? TlsCipher { get; init; }

    /// <summary>The client in a form for logs.</summary>
    public string ClientHost => ClientAddress is { } address ? $"[{address}]" : "localhost";
}
