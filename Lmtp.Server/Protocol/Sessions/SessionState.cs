namespace Lmtp.Server.Protocol.Sessions;

/// <summary>Where a session stands; decides which commands are in order (<see cref="CommandSequence"/>).</summary>
internal enum SessionState
{
    /// <summary>Greeted; the client has not said LHLO.</summary>
    Connected,

    /// <summary>LHLO was said; no transaction is open.</summary>
    Ready,

    /// <summary>MAIL was accepted, no recipient yet.</summary>
    Mail,

    /// <summary>At least one recipient was accepted.</summary>
    Recipients,

    /// <summary>At least one BDAT chunk was taken.</summary>
    Chunks,

    /// <summary>A BDAT chunk was refused; only RSET and the like help.</summary>
    ChunksFailed,
}
