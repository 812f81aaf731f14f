using System.Net;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Security;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>What a listener allows, made ready once from its options.</summary>
internal sealed class ListenerPolicy(ListenerOptions options, TimeProvider time, ILogger logger)
{
    private readonly NetworkList _clients = new(options.ClientNetworks);
    private readonly NetworkList _relays = new(options.XclientNetworks);

    public ListenerOptions Options => options;

    /// <summary>What TLS handshakes need, or null without TLS.</summary>
    public TlsSettings? Tls { get; } = options.Tls.Mode == TlsMode.None ? null : new TlsSettings(options.Tls, time, logger);

    /// <summary>The proxies that must put a PROXY header in front of each connection; empty when there are none.</summary>
    public NetworkList Proxies { get; } = new(options.ProxyNetworks);

    /// <summary>Whether clients may come from this address.</summary>
    public bool Allows(IPAddress? client) => client is null || _clients.IsEmpty || _clients.Contains(client);

    /// <summary>Whether this peer may speak for others.</summary>
    public bool TrustsRelay(IPAddress? peer) => peer is null ? options.XclientOnUnixSocket : _relays.Contains(peer);
}
