using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization;

/// <summary>Reads documents. Only <see cref="BsonDocument"/>, <see cref="RawBsonDocument"/> and <see cref="BsonValue"/> are supported.</summary>
public static class BsonSerializer
{
    /// <summary>Finds the serializers.</summary>
    public static IBsonSerializerRegistry SerializerRegistry { get; } = new DocumentSerializerRegistry();

    /// <summary>The serializer of a type.</summary>
    public static IBsonSerializer<T> LookupSerializer<T>() => SerializerRegistry.GetSerializer<T>();

    /// <summary>Reads a document from its bytes.</summary>
    public static TNominalType Deserialize<TNominalType>(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Deserialize<TNominalType>(new ByteArrayBuffer(bytes, isReadOnly: true));
    }

    /// <summary>Reads a document from a stream, and not a byte more.</summary>
    public static TNominalType Deserialize<TNominalType>(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var prefix = new byte[sizeof(int)];
        stream.ReadExactly(prefix);
        var size = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (size < 5)
        {
            throw new FormatException($"Invalid document size: {size} bytes.");
        }

        var bytes = ReadBody(stream, prefix, size);
        return Deserialize<TNominalType>(new ByteArrayBuffer(bytes, isReadOnly: true));
    }

    /// <summary>Reads JSON.</summary>
    public static TNominalType Deserialize<TNominalType>(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (typeof(TNominalType) == typeof(BsonArray) || typeof(TNominalType) == typeof(BsonValue))
        {
            return (TNominalType)(object)new JsonParser(json).ParseToEnd();
        }

        return Deserialize<TNominalType>(BsonDocument.Parse(json));
    }

    /// <summary>Reads JSON.</summary>
    public static TNominalType Deserialize<TNominalType>(TextReader textReader)
    {
        ArgumentNullException.ThrowIfNull(textReader);
        return Deserialize<TNominalType>(textReader.ReadToEnd());
    }

    /// <summary>A document as the wanted type.</summary>
    public static TNominalType Deserialize<TNominalType>(BsonDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (typeof(TNominalType) == typeof(RawBsonDocument))
        {
            return (TNominalType)(object)(document as RawBsonDocument ?? new RawBsonDocument(document.ToBson()));
        }

        return typeof(TNominalType).IsAssignableFrom(typeof(BsonDocument))
            ? (TNominalType)(object)document.DeepClone()
            : throw NotSupported(typeof(TNominalType));
    }

    internal static TNominalType Deserialize<TNominalType>(ByteArrayBuffer buffer)
    {
        if (typeof(TNominalType) == typeof(RawBsonDocument))
        {
            var reader = new BsonSpanReader(buffer.Memory.Span);
            reader.ReadDocumentBytes();
            return (TNominalType)(object)new RawBsonDocument(buffer);
        }

        return typeof(TNominalType).IsAssignableFrom(typeof(BsonDocument))
            ? (TNominalType)(object)BsonDecoder.ReadDocument(buffer.Memory.Span)
            : throw NotSupported(typeof(TNominalType));
    }

    /// <summary>Takes memory as the bytes come, so that a false length costs nothing.</summary>
    private static byte[] ReadBody(Stream stream, byte[] prefix, int size)
    {
        const int Step = 1 << 20;
        var bytes = new byte[Math.Min(size, Step)];
        prefix.CopyTo(bytes, 0);
        var read = prefix.Length;
        while (true)
        {
            stream.ReadExactly(bytes, read, bytes.Length - read);
            if (bytes.Length == size)
            {
                return bytes;
            }

            read = bytes.Length;
            Array.Resize(ref bytes, (int)Math.Min(size, (long)bytes.Length * 2));
        }
    }


    private static BsonSerializationException NotSupported(Type type) => new($"No serializer found for type {type.FullName}.");
}
