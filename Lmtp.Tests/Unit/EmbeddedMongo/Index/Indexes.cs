using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Index;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Index;

/// <summary>Makes indexes and values for tests from JSON.</summary>
internal static class Indexes
{
    public static IndexDefinition Define(string pattern, string options = "v:2") =>
        IndexDefinition.Parse(BsonDocument.Parse($"{{name:'test',key:{pattern},{options}}}").ToBson());

    public static CollectionIndex Make(string pattern, string options = "v:2") => new(Define(pattern, options), null);

    public static RawBsonValue Value(BsonValue value)
    {
        byte[] document = new BsonDocument("v", value).ToBson();
        return new BsonSlice(document)["v"u8].ToOwned();
    }

    public static RawBsonValue Value(string json) => Value(BsonDocument.Parse($"{{v:{json}}}")["v"]);

    public static byte[] Encode(CollectionIndex index, BsonArray values)
    {
        ByteBuffer buffer = new();
        for (int i = 0; i < values.Count; i++)
        {
            KeyEncoder.Append(buffer, Value(values[i]).Slice, index.Definition.Fields[i].IsDescending);
        }

        return buffer.ToArray();
    }
}
