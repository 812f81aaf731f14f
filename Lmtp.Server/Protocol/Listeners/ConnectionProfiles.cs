using System.Net;
using Lmtp.Server.Protocol.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>Reads what a session needs to know from Kestrel's connection.</summary>
internal static class ConnectionProfiles
{
    public static ConnectionProfile Of(ConnectionContext connection, LmtpListener listener) => new()
    {
        SessionId = connection.ConnectionId,
        Listener = listener.Name,
        ClientAddress = AddressOf(connection.RemoteEndPoint),
        TlsCipher = connection.Features.Get<ITlsHandshakeFeature>()?.NegotiatedCipherSuite?.ToString(),
    };

    private static IPAddress? AddressOf(EndPoint? endPoint) => endPoint is not IPEndPoint { Address: var address } ? null
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address;
}
