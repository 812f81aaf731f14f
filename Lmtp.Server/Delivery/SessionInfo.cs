using System.Net;

namespace Lmtp.Server.Delivery;

/// <summary>What the protocol layer knows about the connection that a message comes from.</summary>
public sealed record SessionInfo
{
    /// <summary>Identifies the session in logs, replies and the delivery log.</summary>
    public required string SessionId { get; init; }

    /// <summary>The client's address, after PROXY and XCLIENT; null on a Unix socket.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>The client's host name as far as it is known, else its address in brackets.</summary>
    public required string ClientHost { get; init; }

    /// <summary>The argument of LHLO, in lower case.</summary>
    public required string LhloName { get; init; }

    /// <summary>The TLS cipher suite in use, or null when the connection is not encrypted.</summary>
    public string? TlsCipher { get; init; }

    /// <summary>The queue id that the MTA gave (XFORWARD IDENT), when known.</summary>
    public string? QueueId { get; init; }

    /// <summary>The service account that authenticated, when any did.</summary>
    public string? AuthenticatedAs { get; init; }
}
