namespace Lmtp.Server.Storage.Quotas;

/// <summary>How far a recalculation of many users is.</summary>
internal enum QuotaRunState
{
    /// <summary>No server has begun it yet.</summary>
    Waiting,

    /// <summary>A server is at it.</summary>
    Running,

    /// <summary>Every user was looked at.</summary>
    Done,

    /// <summary>Somebody ended it before.</summary>
    Cancelled,
}
