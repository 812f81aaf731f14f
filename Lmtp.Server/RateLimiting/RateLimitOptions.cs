namespace Lmtp.Server.RateLimiting;

/// <summary>
/// How much mail is taken from whom and for whom. Section <c>Lmtp:RateLimits</c>, which also has the rule of each limit
/// under the limit's name. Changes take effect without a restart.
/// </summary>
public sealed class RateLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp:RateLimits";

    /// <summary>The longest time for which overrides may be remembered.</summary>
    public static readonly TimeSpan MaxOverrideCacheTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether mail is answered 451 (true) or taken without limits (false) while Redis does not answer.
    /// </summary>
    public bool FailClosed { get; set; }

    /// <summary>How long a check may take before Redis counts as away. 50 milliseconds to 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long overrides in the database are remembered. 0 to 5 seconds.</summary>
    public TimeSpan OverrideCacheTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The rules that are set, by <see cref="RateLimit.Option"/>.</summary>
    internal Dictionary<string, RateLimitRule> Rules { get; } = new(StringComparer.Ordinal);

    /// <summary>What in the section could not be read, each fault with its key.</summary>
    internal List<string> Faults { get; } = [];

    /// <summary>The rule of a limit where no subject has one of its own.</summary>
    public RateLimitRule RuleOf(RateLimit limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return Rules.GetValueOrDefault(limit.Option, limit.Default);
    }

    /// <summary>Whether the configuration sets the rule of a limit.</summary>
    public bool IsSet(RateLimit limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return Rules.ContainsKey(limit.Option);
    }
}
