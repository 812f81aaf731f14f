using Lmtp.Server.Filters.Conditions;

namespace Lmtp.Server.Filters;

/// <summary>What a filter has beyond WildDuck's: the <c>lmtp</c> sub-document of its document.</summary>
public sealed record FilterExtension
{
    /// <summary>The place in the list: lower first, filters of the same place by age. WildDuck's filters have 0.</summary>
    public int Order { get; init; }

    /// <summary>Whether all of <see cref="Conditions"/> must hold, or one.</summary>
    public FilterMatch Match { get; init; }

    /// <summary>The conditions, beside those of the filter's query, which must hold in any case.</summary>
    public IReadOnlyList<FilterTest> Conditions { get; init; } = [];

    /// <summary>The actions, taken up after the filter's own.</summary>
    public FilterAction Action { get; init; } = new();
}
