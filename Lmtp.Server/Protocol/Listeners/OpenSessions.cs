using System.Collections.Concurrent;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>The sessions of this server that are open now.</summary>
internal sealed class OpenSessions(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (LmtpConnectionState State, Action Stop)> _sessions = new(StringComparer.Ordinal);

    /// <summary>The sessions, the oldest first.</summary>
    public IReadOnlyList<LmtpConnectionState> All =>
        [.. _sessions.Values.Select(static session => session.State).OrderBy(static state => state.Since)];

    /// <summary>Counts a session in.</summary>
    public void Add(ConnectionProfile profile, Action stop)
    {
        var state = new LmtpConnectionState(profile.SessionId, profile.Listener, profile.ClientAddress?.ToString(), time.GetUtcNow());
        _sessions[profile.SessionId] = (state, stop);
    }

    /// <summary>Counts a session out.</summary>
    public void Remove(ConnectionProfile profile) => _sessions.TryRemove(profile.SessionId, out _);

    /// <summary>Ends a session as at shutdown: what has begun is finished, then 421. False when there is no such session.</summary>
    public bool Stop(string id)
    {
        if (!_sessions.TryGetValue(id, out var session))
        {
            return false;
        }

        session.Stop();
        return true;
    }
}
