namespace Lmtp.Server.Protocol.Sessions;

/// <summary>How a session ended; logs and metrics derive from it.</summary>
internal enum SessionEnd
{
    /// <summary>QUIT.</summary>
    Quit,

    /// <summary>The client closed its side without QUIT.</summary>
    EndOfInput,

    /// <summary>The connection broke, or the client did not take our replies.</summary>
    ClientGone,

    /// <summary>A time limit.</summary>
    TimedOut,

    /// <summary>The server stopped.</summary>
    Stopped,

    /// <summary>Bad commands, another protocol, or a limit that only a new connection resets.</summary>
    Refused,

    /// <summary>A fault in the server.</summary>
    Faulted,
}
