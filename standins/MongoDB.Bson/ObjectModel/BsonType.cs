namespace MongoDB.Bson;

/// <summary>The type codes of the BSON specification.</summary>
public enum BsonType
{
    /// <summary>Not a value: the end of a document.</summary>
    EndOfDocument = 0x00,
    /// <summary>A 64-bit binary floating point number.</summary>
    Double = 0x01,
    /// <summary>A UTF-8 string.</summary>
    String = 0x02,
    /// <summary>An embedded document.</summary>
    Document = 0x03,
    /// <summary>An array.</summary>
    Array = 0x04,
    /// <summary>Binary data with a subtype.</summary>
    Binary = 0x05,
    /// <summary>The deprecated undefined value.</summary>
    Undefined = 0x06,
    /// <summary>A 12 byte object id.</summary>
    ObjectId = 0x07,
    /// <summary>A boolean.</summary>
    Boolean = 0x08,
    /// <summary>Milliseconds since the Unix epoch, UTC.</summary>
    DateTime = 0x09,
    /// <summary>Null.</summary>
    Null = 0x0a,
    /// <summary>A regular expression with options.</summary>
    RegularExpression = 0x0b,
    /// <summary>JavaScript code.</summary>
    JavaScript = 0x0d,
    /// <summary>The deprecated symbol.</summary>
    Symbol = 0x0e,
    /// <summary>JavaScript code with a scope.</summary>
    JavaScriptWithScope = 0x0f,
    /// <summary>A 32-bit integer.</summary>
    Int32 = 0x10,
    /// <summary>A replication timestamp: seconds and increment.</summary>
    Timestamp = 0x11,
    /// <summary>A 64-bit integer.</summary>
    Int64 = 0x12,
    /// <summary>A 128-bit decimal floating point number.</summary>
    Decimal128 = 0x13,
    /// <summary>Sorts before everything.</summary>
    MinKey = 0xff,
    /// <summary>Sorts after everything.</summary>
    MaxKey = 0x7f,
}
