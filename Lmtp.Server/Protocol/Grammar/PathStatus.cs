namespace Lmtp.Server.Protocol.Grammar;

/// <summary>What reading a path gave.</summary>
internal enum PathStatus
{
    /// <summary>A path in ASCII.</summary>
    Ok,

    /// <summary>A path that is valid only with SMTPUTF8.</summary>
    OkBeyondAscii,

    /// <summary>No opening angle bracket where the path should begin.</summary>
    NotAPath,

    /// <summary>A path whose address breaks the grammar.</summary>
    BadAddress,
}
