using System.Net;
using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>
/// What happens to a connection before TLS and session: the PROXY header, the allowed networks, the count. A refusal
/// is noted, and told to the client where it can read it: after the TLS handshake.
/// </summary>
internal sealed class Admission(
    ConnectionGate gate,
    IDeliveryAgent agent,
    IOptionsMonitor<LmtpOptions> options,
    TimeProvider time,
    LmtpProtocolMetrics metrics,
    ILogger<Admission> logger)
{
    public async Task AdmitAsync(ConnectionContext connection, LmtpListener listener, ConnectionDelegate next)
    {
        var policy = listener.Policy;
        var peer = AddressOf(connection.RemoteEndPoint);
        if (!policy.Proxies.IsEmpty)
        {
            if (!policy.Proxies.Contains(peer))
            {
                Refused(peer, listener, "not_a_known_proxy");
                return;
            }

            // Optional headers could be forged by whoever connects directly, so without one there is no connection.
            var header = await ProxyHeaderReader.ReadAsync(connection, options.CurrentValue.Limits.HandshakeTimeout, time);
            if (header != ProxyHeaderStatus.Complete)
            {
                var late = header == ProxyHeaderStatus.Incomplete;
                metrics.LimitMet(late ? LimitName.HandshakeTimeout : null);
                Refused(peer, listener, late ? "late_proxy_header" : "bad_proxy_header");
                return;
            }
        }

        var client = AddressOf(connection.RemoteEndPoint);
        var refusal = policy.Allows(client) ? gate.TryEnter(client, out var reason) : NotAllowed(out reason);
        if (refusal is null && await agent.AdmitClientAsync(client, connection.ConnectionClosed) is { } wait)
        {
            gate.Leave(client);
            refusal = Replies.ConnectionsTooFast(wait);
            reason = "rate_limited";
        }

        connection.Features.Set(new Admitted(listener, client, peer, refusal));
        if (refusal is not null)
        {
            Refused(client, listener, reason!);
            metrics.LimitMet(refusal.Value.Limit);
            await next(connection);
            return;
        }

        listener.Opened();
        try
        {
            await next(connection);
        }
        finally
        {
            listener.Closed();
            gate.Leave(client);
        }
    }

    private static Reply? NotAllowed(out string? reason)
    {
        reason = "client_network_not_allowed";
        return Replies.ClientNotAllowed;
    }

    private void Refused(IPAddress? client, LmtpListener listener, string reason)
    {
        logger.ConnectionRefused(client, listener.Name, reason);
        metrics.ConnectionRejected(listener.Name, reason);
    }

    private static IPAddress? AddressOf(EndPoint? endPoint) => endPoint is not IPEndPoint { Address: var address } ? null
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address;
}
