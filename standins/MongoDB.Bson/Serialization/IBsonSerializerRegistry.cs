namespace MongoDB.Bson.Serialization;

/// <summary>Finds the serializer of a type.</summary>
public interface IBsonSerializerRegistry
{
    /// <summary>The serializer of a type.</summary>
    IBsonSerializer GetSerializer(Type type);

    /// <summary>The serializer of a type.</summary>
    IBsonSerializer<T> GetSerializer<T>();
}
