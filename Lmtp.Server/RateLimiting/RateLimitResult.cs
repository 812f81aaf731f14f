namespace Lmtp.Server.RateLimiting;

/// <summary>The result of checking the limits of a step together.</summary>
/// <param name="Readings">Each limit that was checked.</param>
/// <param name="IsUnavailable">Whether Redis did not answer, so that nothing was counted.</param>
/// <param name="IsAllowed">Whether it may go on. When not, nothing was counted.</param>
public sealed record RateLimitResult(IReadOnlyList<RateLimitReading> Readings, bool IsUnavailable, bool IsAllowed)
{
    /// <summary>Nothing to be checked.</summary>
    public static readonly RateLimitResult Free = new([], false, true);

    /// <summary>The limit that takes longest to be free again; null when none stands in the way.</summary>
    public RateLimitReading? Exceeded => Readings.Where(reading => reading.IsExceeded).MaxBy(reading => reading.Wait);
}
