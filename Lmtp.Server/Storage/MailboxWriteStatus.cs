namespace Lmtp.Server.Storage;

/// <summary>Every way in which writing a message into a mailbox can end.</summary>
internal enum MailboxWriteStatus
{
    /// <summary>It is stored and acknowledged.</summary>
    Stored,

    /// <summary>The mailbox was deleted.</summary>
    MailboxMissing,

    /// <summary>A message with this <c>_id</c> was there already.</summary>
    AlreadyThere,

    /// <summary>The document is larger than the database takes.</summary>
    TooLarge,

    /// <summary>The document is nested deeper than the database takes.</summary>
    TooDeep,
}
