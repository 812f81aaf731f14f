namespace Lmtp.Server.RateLimiting;

/// <summary>What a check found about one limit.</summary>
/// <param name="Request">What was checked.</param>
/// <param name="Used">What was used before, as far as it is not back yet.</param>
/// <param name="Wait">How long until there is enough; zero when there is.</param>
public sealed record RateLimitReading(RateLimitRequest Request, long Used, TimeSpan Wait)
{
    /// <summary>Whether the limit stands in the way.</summary>
    public bool IsExceeded => Wait > TimeSpan.Zero;
}
