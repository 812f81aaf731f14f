namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>
/// The first byte of an encoded value: one per class of types, in MongoDB's order. None is 0x00 or 0xFF, so that a
/// closing zero sorts before and an inverted one after every value.
/// </summary>
internal static class KeyType
{
    /// <summary>MinKey.</summary>
    public const byte MinKey = 0x08;

    /// <summary>Undefined; also an empty array in an index.</summary>
    public const byte Undefined = 0x10;

    /// <summary>Null and missing.</summary>
    public const byte Null = 0x14;

    /// <summary>The lowest byte of numbers, NaN; <see cref="NumberKey"/> uses the five after it.</summary>
    public const byte Number = 0x18;

    /// <summary>Strings and symbols.</summary>
    public const byte String = 0x28;

    /// <summary>Documents.</summary>
    public const byte Document = 0x30;

    /// <summary>Arrays as a whole.</summary>
    public const byte Array = 0x38;

    /// <summary>Binary.</summary>
    public const byte Binary = 0x40;

    /// <summary>ObjectId.</summary>
    public const byte ObjectId = 0x48;

    /// <summary>False; true is the next byte.</summary>
    public const byte Boolean = 0x50;

    /// <summary>Dates.</summary>
    public const byte DateTime = 0x58;

    /// <summary>Timestamps.</summary>
    public const byte Timestamp = 0x60;

    /// <summary>Regular expressions.</summary>
    public const byte RegularExpression = 0x68;

    /// <summary>DBPointer.</summary>
    public const byte DBPointer = 0x70;

    /// <summary>JavaScript.</summary>
    public const byte JavaScript = 0x78;

    /// <summary>JavaScript with scope.</summary>
    public const byte JavaScriptWithScope = 0x80;

    /// <summary>MaxKey.</summary>
    public const byte MaxKey = 0xF0;

    /// <summary>The class of a type; values of one class compare by value.</summary>
    public static byte Rank(BsonType type) => type switch
    {
        BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 => Number,
        BsonType.String or BsonType.Symbol => String,
        BsonType.ObjectId => ObjectId,
        BsonType.Missing or BsonType.Null => Null,
        BsonType.Boolean => Boolean,
        BsonType.DateTime => DateTime,
        BsonType.Document => Document,
        BsonType.Array => Array,
        BsonType.Binary => Binary,
        BsonType.Undefined => Undefined,
        BsonType.Timestamp => Timestamp,
        BsonType.RegularExpression => RegularExpression,
        BsonType.DBPointer => DBPointer,
        BsonType.JavaScript => JavaScript,
        BsonType.JavaScriptWithScope => JavaScriptWithScope,
        BsonType.MinKey => MinKey,
        BsonType.MaxKey => MaxKey,
        _ => throw new BsonFormatException($"unknown BSON type 0x{(byte)type:x2}"),
    };
}
