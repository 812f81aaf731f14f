using MongoDB.Bson.Serialization;

namespace MongoDB.Driver;

/// <summary>What a definition needs to know to become a document.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public readonly record struct RenderArgs<TDocument>
{
    /// <summary>Creates one.</summary>
    public RenderArgs(IBsonSerializer<TDocument> documentSerializer, IBsonSerializerRegistry serializerRegistry)
    {
        ArgumentNullException.ThrowIfNull(documentSerializer);
        ArgumentNullException.ThrowIfNull(serializerRegistry);
        DocumentSerializer = documentSerializer;
        SerializerRegistry = serializerRegistry;
    }

    /// <summary>The serializer of the documents.</summary>
    public IBsonSerializer<TDocument> DocumentSerializer { get; }

    /// <summary>Finds other serializers.</summary>
    public IBsonSerializerRegistry SerializerRegistry { get; }

    internal static RenderArgs<TDocument> Default { get; } = new(BsonSerializer.LookupSerializer<TDocument>(), BsonSerializer.SerializerRegistry);
}
