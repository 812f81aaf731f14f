namespace Lmtp.Server.RateLimiting;

/// <summary>One limit to be checked.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Subject">Whom it counts for.</param>
/// <param name="Rule">The rule that holds for this subject.</param>
/// <param name="Cost">How much is about to be used. More than the whole count is taken as all of it.</param>
public sealed record RateLimitRequest(RateLimit Limit, string Subject, RateLimitRule Rule, long Cost)
{
    /// <summary>Where the rule comes from.</summary>
    public RateLimitSource Source { get; init; }
}
