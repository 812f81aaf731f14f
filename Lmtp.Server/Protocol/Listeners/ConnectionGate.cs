using System.Net;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Replying;
using Lmtp.Server.Protocol.Sessions;
using Lmtp.Server.Protocol.Telemetry;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>
/// Counts connections in all and by client address. Kestrel's own limit counts HTTP too and closes without a word;
/// this one tells the client to come again.
/// </summary>
internal sealed class ConnectionGate(IOptionsMonitor<LmtpOptions> options, LmtpProtocolMetrics metrics, ILogger<ConnectionGate> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _byClient = [];
    private int _total;

    /// <summary>Lets a connection in or says why not; disposing the pass counts it out.</summary>
    public ConnectionPass Enter(LmtpListener listener, ConnectionProfile profile)
    {
        var limits = options.CurrentValue.Limits;
        if (TryCount(profile.ClientAddress, limits) is not var (refusal, reason))
        {
            listener.Opened();
            return new ConnectionPass(this, listener, profile.ClientAddress);
        }

        logger.ConnectionRefused(profile.ClientHost, listener.Name, reason);
        metrics.ConnectionRejected(listener.Name, reason);
        return new ConnectionPass(refusal);
    }

    /// <summary>Counts a connection out.</summary>
    public void Leave(LmtpListener listener, IPAddress? client)
    {
        listener.Closed();
        lock (_lock)
        {
            _total--;
            if (client is null)
            {
                return;
            }

            if (--_byClient[client] == 0)
            {
                _byClient.Remove(client);
            }
        }
    }

    private (Reply Refusal, string Reason)? TryCount(IPAddress? client, LimitOptions limits)
    {
        lock (_lock)
        {
            if (_total >= limits.MaxConnections)
            {
                return (Replies.TooManyConnections, "too_many_connections");
            }

            if (client is not null)
            {
                var count = _byClient.GetValueOrDefault(client);
                if (count >= limits.MaxConnectionsPerClient)
                {
                    return (Replies.TooManyFromClient, "too_many_from_client");
                }

                _byClient[client] = count + 1;
            }

            _total++;
            return null;
        }
    }
}
