namespace Lmtp.Server.Protocol;

/// <summary>What the LMTP side of the server looks like just now.</summary>
public interface ILmtpServerState
{
    /// <summary>Whether LMTP is switched on.</summary>
    bool IsEnabled { get; }

    /// <summary>The listeners with the addresses that they are really bound to, once the server has started.</summary>
    IReadOnlyList<LmtpListenerState> Listeners { get; }

    /// <summary>Connections open on all listeners.</summary>
    int OpenConnections { get; }

    /// <summary>The sessions that are open now, the oldest first.</summary>
    IReadOnlyList<LmtpConnectionState> Connections { get; }

    /// <summary>Ends a session as at shutdown: what has begun is finished, then 421. False when there is no such session.</summary>
    /// <param name="id">The session's id.</param>
    bool Close(string id);
}
