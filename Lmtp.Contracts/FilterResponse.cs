using System.Text.Json;

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

    /// <summary>What a message must have.</summary>
    public required FilterQuery Query { get; init; }

    /// <summary>What is done with it.</summary>
    public required FilterAction Action { get; init; }

    /// <summary>What it has beyond WildDuck's filters, or null.</summary>
    public JsonElement? Extension { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }
}
