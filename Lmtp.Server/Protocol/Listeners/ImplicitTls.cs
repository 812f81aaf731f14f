using Lmtp.Server.Protocol.Security;
using Lmtp.Server.Protocol.Sessions;
using Microsoft.AspNetCore.Connections;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>TLS from the first byte (RFC 8314): the session begins once the handshake is done.</summary>
internal sealed class ImplicitTls(SessionServices services)
{
    /// <summary>Does the handshake and goes on under TLS; returns without a word when it fails.</summary>
    public async Task SecureAsync(ConnectionContext connection, TlsSettings settings, ConnectionDelegate next)
    {
        var plain = connection.Transport;
        var timeout = services.Options.Limits.HandshakeTimeout;
        if (await TlsHandshake.AcceptAsync(plain, settings, timeout, services, connection.ConnectionId) is not { } secured)
        {
            return;
        }

        connection.Features.Set(secured.State);
        connection.Transport = secured;
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = plain;
            await secured.DisposeAsync();
        }
    }
}
