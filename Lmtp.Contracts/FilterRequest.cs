using System.Text.Json;

namespace Lmtp.Contracts;

/// <summary>A filter of a user, as a whole.</summary>
public sealed record FilterRequest
{
    /// <summary>What it is called, at most 256 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is switched off.</summary>
    public bool Disabled { get; init; }

    /// <summary>What a message must have.</summary>
    public required FilterQuery Query { get; init; }

    /// <summary>What is done with it.</summary>
    public required FilterAction Action { get; init; }

    /// <summary>
    /// What it has beyond WildDuck's filters: <c>order</c>, <c>match</c>, <c>conditions</c>, <c>actions</c>; null: nothing.
    /// </summary>
    public JsonElement? Extension { get; init; }
}
