namespace Lmtp.Server.Storage;

/// <summary>What came of writing a message into a mailbox.</summary>
/// <param name="Status">What happened.</param>
internal readonly record struct MailboxWriteResult(MailboxWriteStatus Status)
{
    /// <summary>The UID, where it was stored.</summary>
    public int Uid { get; init; }

    /// <summary>The modseq, where it was stored.</summary>
    public int Modseq { get; init; }

    /// <summary>Ends when Redis knows of the stored message, or cannot be told. Never faults.</summary>
    public Task Announced { get; init; } = Task.CompletedTask;
}
