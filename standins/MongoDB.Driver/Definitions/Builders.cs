namespace MongoDB.Driver;

/// <summary>Makes definitions.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public static class Builders<TDocument>
{
    /// <summary>Makes filters.</summary>
    public static FilterDefinitionBuilder<TDocument> Filter { get; } = new();

    /// <summary>Makes keys of indexes.</summary>
    public static IndexKeysDefinitionBuilder<TDocument> IndexKeys { get; } = new();

    /// <summary>Makes projections.</summary>
    public static ProjectionDefinitionBuilder<TDocument> Projection { get; } = new();

    /// <summary>Makes orders.</summary>
    public static SortDefinitionBuilder<TDocument> Sort { get; } = new();

    /// <summary>Makes changes.</summary>
    public static UpdateDefinitionBuilder<TDocument> Update { get; } = new();
}
