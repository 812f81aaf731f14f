using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>Turns documents into bytes and text.</summary>
public static class BsonExtensionMethods
{
    /// <summary>The bytes of a document.</summary>
    public static byte[] ToBson<TNominalType>(this TNominalType obj)
    {
        if (obj is RawBsonDocument raw)
        {
            return raw.Bytes.ToArray();
        }

        using var output = new BsonOutput();
        BsonEncoder.WriteDocument(output, obj.ToBsonDocument());
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The document itself.</summary>
    public static BsonDocument ToBsonDocument<TNominalType>(this TNominalType obj)
    {
        return obj switch
        {
            null => null,
            BsonDocument document => document,
            IConvertibleToBsonDocument convertible => convertible.ToBsonDocument(),
            _ => throw new BsonSerializationException($"No serializer found for type {obj.GetType().FullName}."),
        };
    }

    /// <summary>The JSON text of a value.</summary>
    public static string ToJson<TNominalType>(this TNominalType obj, JsonWriterSettings writerSettings = null)
    {
        return JsonFormatter.Format(BsonValue.Create(obj), writerSettings ?? JsonWriterSettings.Defaults);
    }
}
