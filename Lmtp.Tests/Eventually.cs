using System.Runtime.CompilerServices;

namespace Lmtp.Tests;

/// <summary>Waits for what happens in its own time, up to a deadline after which the test fails and says for what it waited.</summary>
internal static class Eventually
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until the condition holds.</summary>
    /// <param name="condition">Looked at again and again, never twice at once.</param>
    /// <param name="limit">When the test fails; two minutes when null.</param>
    /// <param name="state">What is shown when it fails: what there is instead.</param>
    /// <param name="awaited">The condition as it is written.</param>
    public static Task TrueAsync(
        Func<bool> condition,
        TimeSpan? limit = null,
        Func<string>? state = null,
        [CallerArgumentExpression(nameof(condition))] string awaited = "") =>
        TrueAsync(() => Task.FromResult(condition()), limit, state, awaited);

    /// <summary>Waits until a count has grown and then has not changed over several looks.</summary>
    public static Task StillAsync(Func<long> count)
    {
        const int Looks = 25;
        var last = 0L;
        var still = 0;
        return TrueAsync(() =>
        {
            var now = count();
            still = now == last && now > 0 ? still + 1 : 0;
            last = now;
            return still == Looks;
        });
    }

    /// <inheritdoc cref="TrueAsync(Func{bool}, TimeSpan?, Func{string}?, string)"/>
    public static async Task TrueAsync(
        Func<Task<bool>> condition,
        TimeSpan? limit = null,
        Func<string>? state = null,
        [CallerArgumentExpression(nameof(condition))] string awaited = "")
    {
        var started = TimeProvider.System.GetTimestamp();
        if (!await HoldsAsync(condition, limit ?? DefaultLimit))
        {
            var waited = TimeProvider.System.GetElapsedTime(started);
            Assert.Fail($"Not within {waited.TotalSeconds:F0} s: {awaited}{Environment.NewLine}{state?.Invoke()}");
        }
    }

    /// <summary>Waits until the condition holds; false when it does not within the limit.</summary>
    public static async Task<bool> HoldsAsync(Func<Task<bool>> condition, TimeSpan limit)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
            {
                return false;
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return true;
    }
}
