namespace Lmtp.Tests.Unit.EmbeddedMongo.Engine;

/// <summary>Stops the first who comes until the test lets everybody through.</summary>
internal sealed class Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when somebody stands before the gate.</summary>
    public Task ReachedAsync() => _reached.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Opens the gate for good.</summary>
    public void Open() => _opened.TrySetResult();

    /// <summary>Stands before the gate; only the first one does.</summary>
    public Task PassAsync() => _reached.TrySetResult() ? _opened.Task.WaitAsync(Patience) : Task.CompletedTask;

    /// <summary>Stands before the gate, where the code under test is not asynchronous.</summary>
    public void Pass()
    {
        if (_reached.TrySetResult())
        {
            SpinWait.SpinUntil(() => _opened.Task.IsCompleted, Patience);
        }
    }
}
