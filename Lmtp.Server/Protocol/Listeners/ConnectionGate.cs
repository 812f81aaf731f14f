using System.Net;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Replying;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>
/// Counts connections in all and by client address. Kestrel's own limit counts HTTP too and closes without a word;
/// this one tells the client to come again.
/// </summary>
internal sealed class ConnectionGate(IOptionsMonitor<LmtpOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _byClient = [];
    private int _total;

    /// <summary>Connections that are open.</summary>
    public int Total
    {
        get
        {
            lock (_lock)
            {
                return _total;
            }
        }
    }

    /// <summary>Connections of the client address that has most of them.</summary>
    public int MostOfOneClient
    {
        get
        {
            lock (_lock)
            {
                return _byClient.Count == 0 ? 0 : _byClient.Values.Max();
            }
        }
    }

    /// <summary>Counts a connection in and returns null, or says why it is not let in.</summary>
    public Reply? TryEnter(IPAddress? client, out string? reason)
    {
        var limits = options.CurrentValue.Limits;
        reason = null;
        lock (_lock)
        {
            if (_total >= limits.MaxConnections)
            {
                reason = "too_many_connections";
                return Replies.TooManyConnections;
            }

            if (client is not null)
            {
                var count = _byClient.GetValueOrDefault(client);
                if (count >= limits.MaxConnectionsPerClient)
                {
                    reason = "too_many_connections_from_client";
                    return Replies.TooManyFromClient;
                }

                _byClient[client] = count + 1;
            }

            _total++;
            return null;
        }
    }

    /// <summary>Counts a connection out.</summary>
    public void Leave(IPAddress? client)
    {
        lock (_lock)
        {
            _total--;
            if (client is not null && --_byClient[client] == 0)
            {
                _byClient.Remove(client);
            }
        }
    }
}
