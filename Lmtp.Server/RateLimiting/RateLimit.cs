namespace Lmtp.Server.RateLimiting;

/// <summary>A limit: when it is looked at, whom it counts for, and where its rule stands.</summary>
public sealed class RateLimit
{
    private readonly Func<LimitSubject, string?> _subject;
    private readonly Func<RateLimitOptions, RateLimitRule> _rule;
    private readonly Func<LimitSubject, long> _cost;

    internal RateLimit(
        string option,
        LimitStep step,
        string unit,
        string text,
        Func<LimitSubject, string?> subject,
        Func<RateLimitOptions, RateLimitRule> rule,
        Func<LimitSubject, long>? cost = null)
    {
        Option = option;
        Name = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(option);
        Step = step;
        Unit = unit;
        Text = text;
        _subject = subject;
        _rule = rule;
        _cost = cost ?? (static _ => 1);
    }

    /// <summary>The name in keys, overrides, logs and metrics, in snake case.</summary>
    public string Name { get; }

    /// <summary>The name of its option below <see cref="RateLimitOptions.Section"/>.</summary>
    public string Option { get; }

    /// <summary>When it is looked at.</summary>
    public LimitStep Step { get; }

    /// <summary>What it counts, as a UCUM unit.</summary>
    public string Unit { get; }

    /// <summary>What the client is told when it is reached.</summary>
    public string Text { get; }

    /// <summary>Whom it counts for; null when it does not concern the subject.</summary>
    public string? SubjectOf(LimitSubject subject) => _subject(subject);

    /// <summary>Its rule in the configuration.</summary>
    public RateLimitRule RuleOf(RateLimitOptions options) => _rule(options);

    /// <summary>How much the subject is about to use.</summary>
    public long CostOf(LimitSubject subject) => _cost(subject);
}
