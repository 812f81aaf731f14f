namespace MongoDB.Driver;

/// <summary>Appends to a definition.</summary>
public static class IndexKeysDefinitionExtensions
{
    /// <summary>Rising.</summary>
    public static IndexKeysDefinition<TDocument> Ascending<TDocument>(this IndexKeysDefinition<TDocument> keys, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.IndexKeys.Combine(keys, Builders<TDocument>.IndexKeys.Ascending(field));

    /// <summary>Falling.</summary>
    public static IndexKeysDefinition<TDocument> Descending<TDocument>(this IndexKeysDefinition<TDocument> keys, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.IndexKeys.Combine(keys, Builders<TDocument>.IndexKeys.Descending(field));

    /// <summary>By hash.</summary>
    public static IndexKeysDefinition<TDocument> Hashed<TDocument>(this IndexKeysDefinition<TDocument> keys, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.IndexKeys.Combine(keys, Builders<TDocument>.IndexKeys.Hashed(field));

    /// <summary>By words.</summary>
    public static IndexKeysDefinition<TDocument> Text<TDocument>(this IndexKeysDefinition<TDocument> keys, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.IndexKeys.Combine(keys, Builders<TDocument>.IndexKeys.Text(field));
}
