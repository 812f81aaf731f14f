using System.Text.Json;

namespace Lmtp.Contracts;

/// <summary>A filter as its user writes it.</summary>
public sealed record FilterDefinition
{
    /// <summary>The id of the filter that it changes; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>The name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>WildDuck's conditions; null for none.</summary>
    public FilterDefinitionQuery? Query { get; init; }

    /// <summary>WildDuck's actions; null for none.</summary>
    public FilterDefinitionAction? Action { get; init; }

    /// <summary>What goes beyond WildDuck: order, match, conditions and actions; null for nothing.</summary>
    public JsonElement? Lmtp { get; init; }
}
