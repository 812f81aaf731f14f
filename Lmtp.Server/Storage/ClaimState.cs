namespace Lmtp.Server.Storage;

/// <summary>How far a claimed delivery has come.</summary>
internal enum ClaimState
{
    /// <summary>Under way, or left by a process that died.</summary>
    Open,

    /// <summary>The message is stored and acknowledged.</summary>
    Stored,

    /// <summary>Nothing is stored, and all that was counted is taken back.</summary>
    Aborted,
}
