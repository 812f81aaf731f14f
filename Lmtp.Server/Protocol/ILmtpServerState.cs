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
}
