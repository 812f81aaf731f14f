namespace Lmtp.Server.Storage.Changes;

/// <summary>How the change of one message of many ended.</summary>
internal enum BulkChangeStatus
{
    /// <summary>It is as it was to be: changed now, or so already.</summary>
    Done,

    /// <summary>The mailbox has no such message (any more).</summary>
    NotFound,

    /// <summary>The change was broken off before its turn came, or while it was changed; another try may succeed.</summary>
    Failed,
}
