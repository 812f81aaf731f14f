namespace Lmtp.Contracts;

/// <summary>A rate limit as it holds for everybody who has no rule of their own.</summary>
public sealed record RateLimitResponse
{
    /// <summary>The limit's name in snake case.</summary>
    public required string Name { get; init; }

    /// <summary>What it counts, in words.</summary>
    public required string Description { get; init; }

    /// <summary>Whom it counts for: client, sender, sender_domain, recipient_user or recipient_domain.</summary>
    public required string Party { get; init; }

    /// <summary>What it counts, as a UCUM unit: {connection}, {transaction}, {message}, {recipient} or KiBy.</summary>
    public required string Unit { get; init; }

    /// <summary>How much is allowed in the period, and at once; 0 for no limit.</summary>
    public required long Count { get; init; }

    /// <summary>The seconds in which what was used comes back.</summary>
    public required double PeriodSeconds { get; init; }

    /// <summary>Where the rule comes from: default or configuration.</summary>
    public required string Source { get; init; }

    /// <summary>The setting that changes it.</summary>
    public required string Setting { get; init; }

    /// <summary>How many subjects have a rule of their own.</summary>
    public required int Overrides { get; init; }
}
