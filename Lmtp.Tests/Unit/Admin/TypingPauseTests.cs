using Lmtp.Admin.Components.Parts;
using Lmtp.Tests.Unit.Protocol;

namespace Lmtp.Tests.Unit.Admin;

public sealed class TypingPauseTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Last_change_before_a_pause_is_the_one_that_counts()
    {
        var pause = new TypingPause(_time, CancellationToken.None);
        var first = pause.WaitAsync();
        var second = pause.WaitAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(await first);
        Assert.True(await second);
    }

    [Fact]
    public async Task Whoever_leaves_before_the_pause_is_over_looks_for_nothing()
    {
        using var left = new CancellationTokenSource();
        var waiting = new TypingPause(_time, left.Token).WaitAsync();
        await left.CancelAsync();

        Assert.False(await waiting);
    }
}
