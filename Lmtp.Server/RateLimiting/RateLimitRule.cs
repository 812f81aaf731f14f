namespace Lmtp.Server.RateLimiting;

/// <summary>How much is allowed in which time. As much at once is allowed, too; it comes back evenly.</summary>
public sealed record RateLimitRule
{
    /// <summary>The greatest count.</summary>
    public const long MaxCount = 1_000_000_000;

    /// <summary>The shortest period.</summary>
    public static readonly TimeSpan MinPeriod = TimeSpan.FromSeconds(1);

    /// <summary>The longest period.</summary>
    public static readonly TimeSpan MaxPeriod = TimeSpan.FromDays(31);

    /// <summary>How much is allowed; 0 sets no limit.</summary>
    public long Count { get; init; }

    /// <summary>The time in which it comes back. 1 second to 31 days.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether it limits anything.</summary>
    public bool IsLimit => Count > 0;

    /// <summary>Whether numbers make sense as a rule.</summary>
    public bool IsValid => Count >= 0 && Count <= MaxCount && Period >= MinPeriod && Period <= MaxPeriod;

    /// <summary>Microseconds until one of what was used is back.</summary>
    internal long Interval => Math.Max(1, (long)Math.Ceiling(Period.TotalMicroseconds / Count));
}
