namespace Lmtp.Server.Storage;

/// <summary>Something that waits for its turn in the chain of writes of a mailbox.</summary>
internal abstract class PendingWork
{
    /// <summary>Says that it failed.</summary>
    public abstract void Fail(Exception exception);
}
