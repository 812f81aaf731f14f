namespace Lmtp.Contracts;

/// <summary>What a filter has beyond WildDuck's, which WildDuck does not look at.</summary>
public sealed record FilterExtension
{
    /// <summary>Whether <c>all</c> of the conditions must hold or <c>any</c> one; null: all. The query must hold besides.</summary>
    public string? Match { get; init; }

    /// <summary>The conditions, at most 50; null: none.</summary>
    public IReadOnlyList<FilterCondition>? Conditions { get; init; }

    /// <summary>The actions, taken up after those of WildDuck; null: none.</summary>
    public FilterActions? Actions { get; init; }
}
