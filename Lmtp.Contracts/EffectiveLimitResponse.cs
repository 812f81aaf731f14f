namespace Lmtp.Contracts;

/// <summary>A rate limit as it is for one subject just now.</summary>
public sealed record EffectiveLimitResponse
{
    /// <summary>The limit's name in snake case.</summary>
    public required string Name { get; init; }

    /// <summary>What it counts, in words.</summary>
    public required string Description { get; init; }

    /// <summary>Whom it counts for: client, sender, sender_domain, recipient_user or recipient_domain.</summary>
    public required string Party { get; init; }

    /// <summary>What it counts, as a UCUM unit.</summary>
    public required string Unit { get; init; }

    /// <summary>How much is allowed in the period, and at once; 0 for no limit.</summary>
    public required long Count { get; init; }

    /// <summary>The seconds in which what was used comes back.</summary>
    public required double PeriodSeconds { get; init; }

    /// <summary>Where the rule comes from: default, configuration, received_max, user_document or override.</summary>
    public required string Source { get; init; }

    /// <summary>How much is used and not back yet; 0 without a limit.</summary>
    public required long Used { get; init; }

    /// <summary>How much is left; null without a limit.</summary>
    public required long? Remaining { get; init; }

    /// <summary>The seconds until one more passes; 0 when it does now.</summary>
    public required double RetryAfterSeconds { get; init; }

    /// <summary>The seconds, at most, until all of it is back; 0 when nothing is used.</summary>
    public required double FreeAfterSeconds { get; init; }
}
