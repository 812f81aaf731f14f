using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Makes keys of indexes.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class IndexKeysDefinitionBuilder<TDocument>
{
    /// <summary>Rising.</summary>
    public IndexKeysDefinition<TDocument> Ascending(FieldDefinition<TDocument> field) => new BsonDocumentIndexKeysDefinition<TDocument>(new BsonDocument(field.FieldName, 1));

    /// <summary>Falling.</summary>
    public IndexKeysDefinition<TDocument> Descending(FieldDefinition<TDocument> field) => new BsonDocumentIndexKeysDefinition<TDocument>(new BsonDocument(field.FieldName, -1));

    /// <summary>By hash.</summary>
    public IndexKeysDefinition<TDocument> Hashed(FieldDefinition<TDocument> field) => new BsonDocumentIndexKeysDefinition<TDocument>(new BsonDocument(field.FieldName, "hashed"));

    /// <summary>By words.</summary>
    public IndexKeysDefinition<TDocument> Text(FieldDefinition<TDocument> field) => new BsonDocumentIndexKeysDefinition<TDocument>(new BsonDocument(field.FieldName, "text"));

    /// <summary>Every field.</summary>
    public IndexKeysDefinition<TDocument> Wildcard(FieldDefinition<TDocument> field = null) => new BsonDocumentIndexKeysDefinition<TDocument>(new BsonDocument(field is null ? "$**" : field.FieldName + ".$**", 1));

    /// <summary>Several definitions as one.</summary>
    public IndexKeysDefinition<TDocument> Combine(params IndexKeysDefinition<TDocument>[] keys) => Combine((IEnumerable<IndexKeysDefinition<TDocument>>)keys);

    /// <summary>Several definitions as one.</summary>
    public IndexKeysDefinition<TDocument> Combine(IEnumerable<IndexKeysDefinition<TDocument>> keys)
    {
        var combined = new BsonDocument();
        foreach (var definition in keys)
        {
            foreach (var element in definition.Render(RenderArgs<TDocument>.Default))
            {
                // The last definition of a field wins, and takes its place.
                combined.Remove(element.Name);
                combined.Add(element);
            }
        }

        return new BsonDocumentIndexKeysDefinition<TDocument>(combined);
    }
}
