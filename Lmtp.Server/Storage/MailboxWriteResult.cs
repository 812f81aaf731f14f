namespace Lmtp.Server.Storage;

/// <summary>What came of writing a message into a mailbox.</summary>
/// <param name="Status">What happened.</param>
/// <param name="Announced">Ends when Redis knows of the stored message, or cannot be told. Never faults.</param>
internal readonly record struct MailboxWriteResult(MailboxWriteStatus Status, Task Announced)
{
    /// <summary>A message that was not stored: there is nothing to announce.</summary>
    public MailboxWriteResult(MailboxWriteStatus status)
        : this(status, Task.CompletedTask)
    {
    }
}
