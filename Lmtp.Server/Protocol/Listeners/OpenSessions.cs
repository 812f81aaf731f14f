using System.Collections.Concurrent;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>The sessions of this server that are open now.</summary>
internal sealed class OpenSessions : IDisposable
{
    private readonly ConcurrentDictionary<string, (LmtpConnectionState State, LmtpSession Session)> _sessions = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly CancellationTokenRegistration _aborting;

    public OpenSessions(TimeProvider time, ServerLifetime lifetime)
    {
        _time = time;
        _aborting = lifetime.Aborted.Register(AbortAll);
    }

    /// <summary>The sessions, the oldest first.</summary>
    public IReadOnlyList<LmtpConnectionState> All =>
        [.. _sessions.Values.Select(static entry => entry.State).OrderBy(static state => state.Since)];

    /// <summary>Counts a session in.</summary>
    public void Add(LmtpSession session)
    {
        var profile = session.Profile;
        var state = new LmtpConnectionState(profile.SessionId, profile.Listener, profile.ClientAddress?.ToString(), _time.GetUtcNow());
        _sessions[profile.SessionId] = (state, session);
    }

    /// <summary>Counts a session out.</summary>
    public void Remove(LmtpSession session) => _sessions.TryRemove(session.Profile.SessionId, out _);

    /// <summary>Ends a session as at shutdown: what has begun is finished, then 421. False when there is no such session.</summary>
    public bool Stop(string id)
    {
        if (!_sessions.TryGetValue(id, out var entry))
        {
            return false;
        }

        entry.Session.RequestStop();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _aborting.Dispose();

    /// <summary>The grace period of a stop is over: messages that are still coming are not waited for.</summary>
    private void AbortAll()
    {
        foreach (var (_, session) in _sessions.Values)
        {
            session.RequestAbort();
        }
    }
}
