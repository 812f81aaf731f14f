using Lmtp.Server.Protocol.Security;
using Lmtp.Server.Protocol.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>Reads what a session needs to know from Kestrel's connection.</summary>
internal static class ConnectionProfiles
{
    public static ConnectionProfile Of(ConnectionContext connection, Admitted admitted) => new()
    {
        SessionId = connection.ConnectionId,
        Listener = admitted.Listener.Name,
        Policy = admitted.Listener.Policy,
        ClientAddress = admitted.Client,
        PeerAddress = admitted.Peer,
        Tls = TlsOf(connection.Features),
    };

    private static TlsState? TlsOf(IFeatureCollection features) =>
        features.Get<ITlsHandshakeFeature>() is { } handshake
            ? new TlsState(
                handshake.NegotiatedCipherSuite?.ToString() ?? handshake.Protocol.ToString(),
                features.Get<ITlsConnectionFeature>()?.ClientCertificate)
            : null;
}
