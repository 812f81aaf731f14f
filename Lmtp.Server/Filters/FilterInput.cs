namespace Lmtp.Server.Filters;

/// <summary>Everything that a decision depends on.</summary>
public sealed record FilterInput
{
    /// <summary>The message.</summary>
    public required FilterMessage Message { get; init; }

    /// <summary>The filters that are switched on, oldest first.</summary>
    public IReadOnlyList<UserFilter> Filters { get; init; } = [];

    /// <summary>How many filters are looked at, in their order.</summary>
    public int MaxFilters { get; init; } = int.MaxValue;

    /// <summary>How many conditions are looked at; the filter with one more, and those after it, are not.</summary>
    public int MaxConditions { get; init; } = int.MaxValue;

    /// <summary>The rule for the sender's domain, or null.</summary>
    public DomainAccessRule? DomainAccess { get; init; }

    /// <summary>The user's spam level, 0 to 100; null decides nothing.</summary>
    public double? SpamLevel { get; init; }

    /// <summary>What a spam scanner found, 0 (no sign) to 100.</summary>
    public int SpamScore { get; init; }

    /// <summary>
    /// Whether every condition is looked at, also where the filter is decided already and looking at the text would be
    /// work for nothing. The decision is the same.
    /// </summary>
    public bool IsThorough { get; init; }
}
