using Lmtp.Server.Protocol.Security;
using Lmtp.Server.Protocol.Sessions;
using Microsoft.AspNetCore.Connections;

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
        Tls = connection.Features.Get<TlsState>(),
    };
}
