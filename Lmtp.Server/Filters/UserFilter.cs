namespace Lmtp.Server.Filters;

/// <summary>A filter of a user: what a message must be like, and what is done with it then.</summary>
public sealed record UserFilter
{
    /// <summary>The id, 24 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The name that the user gave it, or null.</summary>
    public string? Name { get; init; }

    /// <summary>When it was made; null when unknown.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The conditions, all of which must hold.</summary>
    public FilterQuery Query { get; init; } = new();

    /// <summary>What is done with a message that meets them.</summary>
    public FilterAction Action { get; init; } = new();

    /// <summary>Further conditions and actions, or null.</summary>
    public FilterExtension? Extension { get; init; }

    /// <summary>How many conditions it has.</summary>
    public int ConditionCount => Query.ConditionCount + (Extension?.Conditions.Count ?? 0);

    /// <summary>
    /// What is wrong with the extension. A filter with faults is never applied: it could do what nobody asked for.
    /// </summary>
    public IReadOnlyList<FilterFault> Faults { get; init; } = [];
}
