namespace Lmtp.Contracts;

/// <summary>A filter of a user, as a whole: to be made, to replace another, or to be tried.</summary>
public sealed record FilterRequest
{
    /// <summary>What it is called, at most 256 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is switched off.</summary>
    public bool Disabled { get; init; }

    /// <summary>
    /// Its place, -1000000 to 1000000: lower first, filters of the same place by age. Null: a new filter comes last, one
    /// that is there already stays where it is.
    /// </summary>
    public int? Order { get; init; }

    /// <summary>What a message must have, all of it, by WildDuck's rules; null: nothing.</summary>
    public FilterQuery? Query { get; init; }

    /// <summary>What is done with it, by WildDuck's rules; null: nothing.</summary>
    public FilterAction? Action { get; init; }

    /// <summary>What it has beyond WildDuck's filters; null: nothing.</summary>
    public FilterExtension? Extension { get; init; }
}
