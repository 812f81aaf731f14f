namespace MongoDB.Bson.Serialization;

/// <summary>Knows the serializers of documents, the only ones there are.</summary>
internal sealed class DocumentSerializerRegistry : IBsonSerializerRegistry
{
    public IBsonSerializer GetSerializer(Type type)
    {
        return (IBsonSerializer)Activator.CreateInstance(typeof(DocumentSerializer<>).MakeGenericType(type));
    }

    public IBsonSerializer<T> GetSerializer<T>() => DocumentSerializer<T>.Instance;

    private sealed class DocumentSerializer<T> : IBsonSerializer<T>
    {
        public static DocumentSerializer<T> Instance { get; } = new();

        public Type ValueType => typeof(T);
    }
}
