using System.Net;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>Whom the session takes its client for, after PROXY, XCLIENT, XFORWARD and AUTH.</summary>
internal sealed record ClientIdentity
{
    /// <summary>The address, or null on a Unix socket and when a relay does not know it.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The host name that a relay gave, or null.</summary>
    public string? HostName { get; init; }

    /// <summary>The queue id that a relay gave, or null.</summary>
    public string? QueueId { get; init; }

    /// <summary>The service account, or null.</summary>
    public string? AuthenticatedAs { get; init; }

    /// <summary>The client in a form for logs and trace headers.</summary>
    public string Host => HostName ?? (Address is null ? "localhost" : $"[{Address}]");
}
