namespace Lmtp.Contracts;

/// <summary>The rule of a rate limit for one subject.</summary>
public sealed record SetRateLimitOverrideRequest
{
    /// <summary>How much is allowed in the period, and at once: 0, for no limit, to 1,000,000,000.</summary>
    public required long Count { get; init; }

    /// <summary>The seconds in which what was used comes back: 1 to 2,678,400 (31 days).</summary>
    public required long PeriodSeconds { get; init; }
}
