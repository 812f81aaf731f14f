namespace Lmtp.Contracts;

/// <summary>The rule of a rate limit for one subject alone.</summary>
public sealed record RateLimitOverrideResponse
{
    /// <summary>The limit's name in snake case.</summary>
    public required string Limit { get; init; }

    /// <summary>Whom the limit counts for: client, sender, sender_domain, recipient_user or recipient_domain.</summary>
    public required string Party { get; init; }

    /// <summary>The subject: an address, a domain, or the id of a user.</summary>
    public required string Subject { get; init; }

    /// <summary>The subject as people know it: of a user the main address or the user name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What the limit counts, as a UCUM unit.</summary>
    public required string Unit { get; init; }

    /// <summary>How much is allowed in the period, and at once; 0 for no limit.</summary>
    public required long Count { get; init; }

    /// <summary>The seconds in which what was used comes back.</summary>
    public required double PeriodSeconds { get; init; }

    /// <summary>The entity tag of this state, for If-Match.</summary>
    public required string EntityTag { get; init; }
}
