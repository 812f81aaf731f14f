namespace MongoDB.Driver;

/// <summary>An index to create.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class CreateIndexModel<TDocument>
{
    /// <summary>Creates one.</summary>
    public CreateIndexModel(IndexKeysDefinition<TDocument> keys, CreateIndexOptions options = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Keys = keys;
        Options = CreateIndexOptions<TDocument>.CoercedFrom(options);
    }

    /// <summary>The keys.</summary>
    public IndexKeysDefinition<TDocument> Keys { get; }

    /// <summary>The options.</summary>
    public CreateIndexOptions<TDocument> Options { get; }
}
