namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>When the server is killed: after so many writes of all clients were acknowledged, however long that takes.</summary>
internal sealed class CrashMoment(int writes)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = writes;

    public Task Reached => _reached.Task;

    public void Acknowledge()
    {
        if (Interlocked.Decrement(ref _left) <= 0)
        {
            _reached.TrySetResult();
        }
    }
}
