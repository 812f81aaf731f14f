namespace Lmtp.Admin.Components.Parts;

/// <summary>Lets a search wait while somebody types, so that only what stands there after a pause is looked for.</summary>
/// <param name="time">The clock.</param>
public sealed class TypingPause(TimeProvider time)
{
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(200);

    private int _changes;

    /// <summary>Waits; true when nothing more was typed meanwhile.</summary>
    public async Task<bool> WaitAsync()
    {
        var latest = ++_changes;
        await Task.Delay(Length, time);
        return latest == _changes;
    }
}
