namespace Lmtp.Server.Storage.Changes;

/// <summary>What became of a change to a mailbox.</summary>
internal enum MailboxChangeStatus
{
    /// <summary>It was made.</summary>
    Done,

    /// <summary>There is no such user or mailbox.</summary>
    NotFound,

    /// <summary>Another mailbox has the path.</summary>
    PathTaken,

    /// <summary>The user has as many mailboxes as there may be.</summary>
    TooMany,

    /// <summary>INBOX, mailboxes of special use and hidden ones stay what they are.</summary>
    Forbidden,
}
