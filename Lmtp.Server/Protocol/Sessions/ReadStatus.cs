namespace Lmtp.Server.Protocol.Sessions;

/// <summary>How a wait for input ended.</summary>
internal enum ReadStatus
{
    /// <summary>There is new input.</summary>
    Data,

    /// <summary>The client will send nothing more; what is buffered is all there is.</summary>
    EndOfInput,

    /// <summary>The time allowed is over.</summary>
    TimedOut,

    /// <summary>The server is stopping.</summary>
    Stopping,

    /// <summary>The client does not take our replies any more.</summary>
    ClientGone,
}
