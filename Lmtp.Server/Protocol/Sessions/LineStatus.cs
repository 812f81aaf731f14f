namespace Lmtp.Server.Protocol.Sessions;

/// <summary>How the wait for a command line ended.</summary>
internal enum LineStatus
{
    /// <summary>A line within the limit.</summary>
    Line,

    /// <summary>A line beyond the limit, which was dropped.</summary>
    TooLong,

    /// <summary>So much without a line end that waiting for it is pointless.</summary>
    Endless,

    /// <summary>The first byte was that of a TLS handshake.</summary>
    TlsHandshake,

    /// <summary>The client has sent all it wants to send.</summary>
    EndOfInput,

    /// <summary>No command was begun in the time allowed.</summary>
    Idle,

    /// <summary>A command was begun, and not ended in the time allowed.</summary>
    TooSlow,

    /// <summary>The server is stopping.</summary>
    Stopping,

    /// <summary>The client does not take our replies any more.</summary>
    ClientGone,
}
