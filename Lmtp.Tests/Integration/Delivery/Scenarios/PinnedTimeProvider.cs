namespace Lmtp.Tests.Integration.Delivery.Scenarios;

/// <summary>The wall clock stands still at the corpus's instant; timers and elapsed time go on.</summary>
internal sealed class PinnedTimeProvider : TimeProvider
{
    public static readonly DateTimeOffset Now = new(2024, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
