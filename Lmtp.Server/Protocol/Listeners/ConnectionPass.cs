using System.Net;
using Lmtp.Server.Protocol.Replying;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>A place among the allowed connections, or the reason why there is none.</summary>
internal sealed class ConnectionPass : IDisposable
{
    private readonly ConnectionGate? _gate;
    private readonly LmtpListener? _listener;
    private readonly IPAddress? _client;

    public ConnectionPass(Reply refusal) => Refusal = refusal;

    public ConnectionPass(ConnectionGate gate, LmtpListener listener, IPAddress? client)
    {
        _gate = gate;
        _listener = listener;
        _client = client;
    }

    /// <summary>What to tell the client, or null when it is let in.</summary>
    public Reply? Refusal { get; }

    /// <inheritdoc/>
    public void Dispose() => _gate?.Leave(_listener!, _client);
}
