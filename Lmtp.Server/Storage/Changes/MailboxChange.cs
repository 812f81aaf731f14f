namespace Lmtp.Server.Storage.Changes;

/// <summary>The outcome of a change to a mailbox.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Mailbox">The mailbox as it is then; null where nothing was changed.</param>
internal readonly record struct MailboxChange(MailboxChangeStatus Status, Mailbox? Mailbox = null);
