using System.Buffers.Binary;
using System.Text;
using Lmtp.EmbeddedMongo.Bson;
using MongoDB.Bson;
using BsonType = Lmtp.EmbeddedMongo.Bson.BsonType;

namespace Lmtp.EmbeddedMongo.Query.Raw;

/// <summary>Goes between single values as objects and as bytes.</summary>
internal static class RawCodec
{
    // Length, type and the empty name in front; the terminator behind.
    private const int Prefix = 6;

    /// <summary>A value as bytes.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Type and bytes.</returns>
    public static RawBsonValue Encode(BsonValue value) =>
        new((BsonType)value.BsonType, new BsonDocument(string.Empty, value).ToBson().AsMemory()[Prefix..^1]);

    /// <summary>An integer's value.</summary>
    /// <param name="value">An int32 or int64.</param>
    /// <returns>The value.</returns>
    public static long Integer(BsonValueSlice value) => value.Type == BsonType.Int32 ? value.AsInt32 : value.AsInt64;

    /// <summary>The value as an object.</summary>
    /// <param name="value">The value as bytes.</param>
    /// <returns>The value, null when missing.</returns>
    public static BsonValue? ToBsonValue(this BsonValueSlice value)
    {
        switch (value.Type)
        {
            case BsonType.Missing:
                return null;
            case BsonType.Int32:
                return new BsonInt32(value.AsInt32);
            case BsonType.Int64:
                return new BsonInt64(value.AsInt64);
            case BsonType.Double:
                return new BsonDouble(value.AsDouble);
            case BsonType.String:
                return new BsonString(Encoding.UTF8.GetString(value.AsUtf8));
            case BsonType.ObjectId:
                return new BsonObjectId(new ObjectId(value.Bytes.ToArray()));
            case BsonType.Boolean:
                return value.AsBoolean ? BsonBoolean.True : BsonBoolean.False;
            case BsonType.DateTime:
                return new BsonDateTime(value.AsInt64);
            case BsonType.Null:
                return BsonNull.Value;
        }

        var document = new byte[value.Bytes.Length + Prefix + 1];
        BinaryPrimitives.WriteInt32LittleEndian(document, document.Length);
        document[4] = (byte)value.Type;
        value.Bytes.CopyTo(document.AsSpan(Prefix));
        return RawDocument.Decode(document).GetElement(0).Value;
    }
}
