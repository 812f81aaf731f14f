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
internal sealed class ListenerSetup(
    IOptions<LmtpOptions> options,
    LmtpListeners listeners,
    Admission admission,
    ImplicitTls implicitTls,
    TimeProvider time,
    ILogger<ListenerSetup> logger) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions kestrel)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        foreach (var listener in options.Value.Listeners)
        {
            var policy = new ListenerPolicy(listener, time, logger);
            if (listener.IsUnixSocket)
            {
                kestrel.ListenUnixSocket(listener.UnixSocket!.Path, endpoint => Wire(policy, endpoint));
            }
            else if (ListenerAddress.TryParse(listener.Host, out var addresses))
            {
                // Two sockets cannot share a port that the system chooses, so "localhost:0" is IPv4 alone.
                foreach (var address in listener.Port == 0 ? addresses.Take(1) : addresses)
                {
                    kestrel.Listen(new IPEndPoint(address, listener.Port), endpoint => Wire(policy, endpoint));
                }
            }
        }
    }

    private void Wire(ListenerPolicy policy, ListenOptions endpoint)
    {
        // What comes in is LMTP, whatever Kestrel takes an endpoint for.
        endpoint.Protocols = HttpProtocols.None;
        var listener = new LmtpListener(policy, endpoint);
        listeners.Add(listener);
        endpoint.Use(next => connection => admission.AdmitAsync(connection, listener, next));
        if (policy.Options.Tls.Mode == TlsMode.Implicit)
        {
            endpoint.Use(next => connection => implicitTls.SecureAsync(connection, policy.Tls!, next));
        }

        endpoint.UseConnectionHandler<LmtpConnectionHandler>();
    }
}
