namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>The type byte in front of every element of a BSON document (BSON specification 1.1).</summary>
internal enum BsonType : byte
{
    /// <summary>No value: the byte that ends a document, used here for "the field is missing".</summary>
    Missing = 0x00,

    /// <summary>IEEE 754 binary64.</summary>
    Double = 0x01,

    /// <summary>UTF-8 text with a length prefix.</summary>
    String = 0x02,

    /// <summary>An embedded document.</summary>
    Document = 0x03,

    /// <summary>An array: a document whose names are the positions.</summary>
    Array = 0x04,

    /// <summary>Bytes with a subtype.</summary>
    Binary = 0x05,

    /// <summary>Undefined (deprecated).</summary>
    Undefined = 0x06,

    /// <summary>Twelve bytes.</summary>
    ObjectId = 0x07,

    /// <summary>One byte, 0 or 1.</summary>
    Boolean = 0x08,

    /// <summary>Milliseconds since the Unix epoch, signed.</summary>
    DateTime = 0x09,

    /// <summary>Null.</summary>
    Null = 0x0A,

    /// <summary>Pattern and options, two C strings.</summary>
    RegularExpression = 0x0B,

    /// <summary>Namespace and ObjectId (deprecated).</summary>
    DBPointer = 0x0C,

    /// <summary>JavaScript code.</summary>
    JavaScript = 0x0D,

    /// <summary>Symbol (deprecated), compares as a string.</summary>
    Symbol = 0x0E,

    /// <summary>JavaScript code with a scope document (deprecated).</summary>
    JavaScriptWithScope = 0x0F,

    /// <summary>32-bit signed integer.</summary>
    Int32 = 0x10,

    /// <summary>Seconds and an increment, as an unsigned 64-bit number.</summary>
    Timestamp = 0x11,

    /// <summary>64-bit signed integer.</summary>
    Int64 = 0x12,

    /// <summary>IEEE 754 decimal128.</summary>
    Decimal128 = 0x13,

    /// <summary>Greater than everything.</summary>
    MaxKey = 0x7F,

    /// <summary>Less than everything.</summary>
    MinKey = 0xFF,
}
