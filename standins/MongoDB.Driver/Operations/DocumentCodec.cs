using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace MongoDB.Driver;

/// <summary>Between the caller's document type and the wire: BsonDocument and what derives from it.</summary>
internal static class DocumentCodec<T>
{
    public static byte[] Encode(T document) => ToDocument(document).ToBson();

    public static BsonDocument ToDocument(T document) => document switch
    {
        BsonDocument bson => bson,
        null => throw new ArgumentNullException(nameof(document)),
        _ => throw new NotSupportedException($"Documents of type {typeof(T).Name} are not supported here; use BsonDocument."),
    };

    public static T Decode(BsonValue value)
    {
        if (value is null || value.IsBsonNull)
        {
            return default;
        }

        if (value is T document)
        {
            return document;
        }

        return typeof(T) == typeof(RawBsonDocument)
            ? (T)(object)new RawBsonDocument(value.AsBsonDocument.ToBson())
            : BsonSerializer.Deserialize<T>(value.AsBsonDocument);
    }

    /// <summary>Gives a new document an id where it has none.</summary>
    public static void AssignId(T document)
    {
        if (document is BsonDocument bson and not RawBsonDocument && !bson.Contains("_id"))
        {
            bson.InsertAt(0, new BsonElement("_id", ObjectId.GenerateNewId()));
        }
    }
}
