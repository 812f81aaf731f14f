using System.Net;
using Lmtp.Server.Protocol.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>
/// Adds the LMTP listeners to Kestrel. They are made in code, so that they stand beside the HTTP endpoints of the
/// section <c>Kestrel:Endpoints</c>.
/// </summary>
internal sealed class ListenerSetup(IOptions<LmtpOptions> options, LmtpListeners listeners) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions kestrel)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        foreach (var listener in options.Value.Listeners)
        {
            if (listener.IsUnixSocket)
            {
                kestrel.ListenUnixSocket(listener.UnixSocket!.Path, endpoint => Wire(listener, endpoint));
            }
            else if (ListenerAddress.TryParse(listener.Host, out var addresses))
            {
                // Two sockets cannot share a port that the system chooses, so "localhost:0" is IPv4 alone.
                foreach (var address in listener.Port == 0 ? addresses.Take(1) : addresses)
                {
                    kestrel.Listen(new IPEndPoint(address, listener.Port), endpoint => Wire(listener, endpoint));
                }
            }
        }
    }

    private void Wire(ListenerOptions listenerOptions, ListenOptions endpoint)
    {
        // With the default protocols, TLS would offer HTTP to the client by ALPN.
        endpoint.Protocols = HttpProtocols.None;
        var listener = new LmtpListener(listenerOptions, endpoint);
        listeners.Add(listener);
        endpoint.Use(next => connection =>
        {
            connection.Features.Set(listener);
            return next(connection);
        });
        endpoint.UseConnectionHandler<LmtpConnectionHandler>();
    }
}
