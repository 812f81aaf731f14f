namespace Lmtp.Server.Storage;

/// <summary>What came of writing a message into a mailbox.</summary>
/// <param name="Status">What happened.</param>
/// <param name="Uid">The UID, where it was stored.</param>
/// <param name="Modseq">The modseq, where it was stored.</param>
internal readonly record struct MailboxWriteResult(MailboxWriteStatus Status, int Uid = 0, int Modseq = 0);
