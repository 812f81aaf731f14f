using System.Collections.Concurrent;
using Lmtp.Server.Protocol.Configuration;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>The listeners of the running server.</summary>
internal sealed class LmtpListeners(IOptions<LmtpOptions> options, OpenSessions sessions) : ILmtpServerState
{
    private readonly ConcurrentQueue<LmtpListener> _listeners = [];

    public bool IsEnabled => options.Value.Enabled;

    public IReadOnlyList<LmtpListenerState> Listeners => [.. _listeners.Select(listener => listener.Describe())];

    public int OpenConnections => _listeners.Sum(listener => listener.Describe().OpenConnections);

    public IReadOnlyList<LmtpConnectionState> Connections => sessions.All;

    public bool Close(string id) => sessions.Stop(id);

    public void Add(LmtpListener listener) => _listeners.Enqueue(listener);
}
