using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace Lmtp.EmbeddedMongo.Query.Raw;

/// <summary>Turns BSON bytes into documents.</summary>
internal static class RawDocument
{
    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The BSON.</param>
    /// <returns>The document.</returns>
    public static BsonDocument Decode(byte[] bytes) => BsonSerializer.Deserialize<BsonDocument>(bytes);

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The BSON.</param>
    /// <returns>The document.</returns>
    public static BsonDocument Decode(ReadOnlySpan<byte> bytes) => Decode(bytes.ToArray());
}
