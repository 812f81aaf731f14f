namespace Lmtp.Server.Storage;

/// <summary>What came of counting a message in.</summary>
internal enum StorageClaim
{
    /// <summary>It is counted, now or by an earlier attempt.</summary>
    Counted,

    /// <summary>It does not fit into the quota; nothing was counted.</summary>
    QuotaExceeded,

    /// <summary>The user was deleted.</summary>
    UserGone,
}
