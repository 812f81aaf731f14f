namespace Lmtp.Server.Storage;

/// <summary>Something that waits for its turn in the chain of writes of a mailbox.</summary>
internal abstract class PendingWork
{
    /// <summary>Whether it is done, or nobody waits for it any more.</summary>
    public abstract bool IsOver { get; }

    /// <summary>Says that it failed.</summary>
    public abstract void Fail(Exception exception);
}
