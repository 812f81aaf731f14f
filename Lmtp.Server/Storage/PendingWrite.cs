using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>A message that waits for its turn to be written into its mailbox.</summary>
internal sealed class PendingWrite(BsonDocument message, long size) : PendingWork
{
    public BsonDocument Message { get; } = message;

    /// <summary>About how many bytes the document has.</summary>
    public long Size { get; } = size;

    public TaskCompletionSource<MailboxWriteResult> Completion { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool IsOver => Completion.Task.IsCompleted;

    public override void Fail(Exception exception) => Completion.TrySetException(exception);
}
