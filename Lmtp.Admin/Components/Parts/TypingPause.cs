namespace Lmtp.Admin.Components.Parts;

/// <summary>Lets a search wait while somebody types, so that only what stands there after a pause is looked for.</summary>
/// <param name="time">The clock.</param>
/// <param name="left">Ends when the page is left: nothing is looked for then, least of all in the address of the next page.</param>
public sealed class TypingPause(TimeProvider time, CancellationToken left)
{
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(200);

    private int _changes;

    /// <summary>Waits; true when nothing more was typed meanwhile, and somebody is still there to see what is found.</summary>
    public async Task<bool> WaitAsync()
    {
        var latest = ++_changes;
        await Task.Delay(Length, time, left)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        return latest == _changes && !left.IsCancellationRequested;
    }
}
