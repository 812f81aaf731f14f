namespace Lmtp.Contracts;

/// <summary>A filter of a user.</summary>
public sealed record FilterResponse
{
    /// <summary>The filter's id, 24 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is switched off.</summary>
    public bool Disabled { get; init; }

    /// <summary>Its place: lower first, filters of the same place by age.</summary>
    public int Order { get; init; }

    /// <summary>What a message must have, by WildDuck's rules.</summary>
    public required FilterQuery Query { get; init; }

    /// <summary>What is done with it, by WildDuck's rules.</summary>
    public required FilterAction Action { get; init; }

    /// <summary>What it has beyond WildDuck's filters, or null.</summary>
    public FilterExtension? Extension { get; init; }

    /// <summary>
    /// What is wrong with what is stored, which only happens when something else wrote it. Such a filter is not applied.
    /// </summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }
}
