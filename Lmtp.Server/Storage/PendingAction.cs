namespace Lmtp.Server.Storage;

/// <summary>A change of a mailbox that is done alone, between two batches of messages.</summary>
internal sealed class PendingAction(Func<Task> action) : PendingWork
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Completion => _completion.Task;

    public override bool IsOver => _completion.Task.IsCompleted;

    public async Task RunAsync()
    {
        await action();
        _completion.TrySetResult();
    }

    public override void Fail(Exception exception) => _completion.TrySetException(exception);
}
