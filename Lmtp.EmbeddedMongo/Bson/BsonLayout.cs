using System.Buffers.Binary;

namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>How many bytes each BSON value takes.</summary>
internal static class BsonLayout
{
    /// <summary>The largest document a client may store, in bytes.</summary>
    public const int MaxDocumentSize = 16 * 1024 * 1024;

    /// <summary>The largest document that exists inside the server (a command, or a document with its envelope), in bytes.</summary>
    public const int MaxInternalDocumentSize = MaxDocumentSize + (16 * 1024);

    /// <summary>The deepest nesting of a document that a client may store.</summary>
    public const int MaxNesting = 100;

    /// <summary>The deepest nesting of a command or another document inside the server.</summary>
    public const int MaxInternalNesting = 180;

    /// <summary>The smallest document: its length and the closing zero, in bytes.</summary>
    public const int EmptyDocumentSize = 5;

    /// <summary>
    /// The length of a value in bytes, without its type and name. The bytes are trusted: they were validated when
    /// they came in.
    /// </summary>
    /// <exception cref="BsonFormatException">The type byte is none of BSON's.</exception>
    public static int ValueLength(BsonType type, ReadOnlySpan<byte> bytes) => type switch
    {
        BsonType.Double or BsonType.DateTime or BsonType.Timestamp or BsonType.Int64 => 8,
        BsonType.String or BsonType.JavaScript or BsonType.Symbol => 4 + ReadLength(bytes),
        BsonType.Document or BsonType.Array or BsonType.JavaScriptWithScope => ReadLength(bytes),
        BsonType.Binary => 5 + ReadLength(bytes),
        BsonType.ObjectId => 12,
        BsonType.Boolean => 1,
        BsonType.Int32 => 4,
        BsonType.Decimal128 => 16,
        BsonType.DBPointer => 4 + ReadLength(bytes) + 12,
        BsonType.RegularExpression => RegularExpressionLength(bytes),
        BsonType.Null or BsonType.Undefined or BsonType.MinKey or BsonType.MaxKey or BsonType.Missing => 0,
        _ => throw new BsonFormatException($"unknown BSON type 0x{(byte)type:x2}"),
    };

    /// <summary>Reads the little-endian length at the start of a value.</summary>
    public static int ReadLength(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes);

    private static int RegularExpressionLength(ReadOnlySpan<byte> bytes)
    {
        int pattern = bytes.IndexOf((byte)0) + 1;
        return pattern + bytes[pattern..].IndexOf((byte)0) + 1;
    }
}
