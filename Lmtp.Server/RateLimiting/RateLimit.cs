using System.Text.Json;

namespace Lmtp.Server.RateLimiting;

/// <summary>
/// A limit: when it is looked at, whom it counts for and what it costs. Each is a class, and its name that of the setting.
/// </summary>
public abstract class RateLimit
{
    /// <summary>Describes the limit.</summary>
    /// <param name="step">When it is looked at.</param>
    /// <param name="party">Whom it counts for.</param>
    /// <param name="unit">What it counts, as a UCUM unit.</param>
    /// <param name="description">What it counts, in words.</param>
    /// <param name="text">What the client is told when it is reached.</param>
    /// <param name="normal">The rule where no other is set; null for no limit.</param>
    protected RateLimit(
        LimitStep step, LimitedParty party, string unit, string description, string text, RateLimitRule? normal = null)
    {
        Option = GetType().Name;
        Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(Option);
        Step = step;
        Party = party;
        Unit = unit;
        Description = description;
        Text = text;
        Default = normal ?? new RateLimitRule();
    }

    /// <summary>The name in keys, overrides, logs and metrics, in snake case.</summary>
    public string Name { get; }

    /// <summary>The name of its setting below <see cref="RateLimitOptions.Section"/>.</summary>
    public string Option { get; }

    /// <summary>When it is looked at.</summary>
    public LimitStep Step { get; }

    /// <summary>Whom it counts for.</summary>
    public LimitedParty Party { get; }

    /// <summary>What it counts, as a UCUM unit.</summary>
    public string Unit { get; }

    /// <summary>What it counts, in words.</summary>
    public string Description { get; }

    /// <summary>What the client is told when it is reached.</summary>
    public string Text { get; }

    /// <summary>The rule where no other is set.</summary>
    public RateLimitRule Default { get; }

    /// <summary>How much the subject is about to use.</summary>
    public virtual long CostOf(LimitSubject subject) => 1;
}
