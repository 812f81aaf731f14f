namespace MongoDB.Bson;

/// <summary>The subtypes of BSON binary data.</summary>
public enum BsonBinarySubType
{
    /// <summary>Plain bytes.</summary>
    Binary = 0x00,
    /// <summary>A function.</summary>
    Function = 0x01,
    /// <summary>The obsolete form that repeats the length inside the data.</summary>
    OldBinary = 0x02,
    /// <summary>A UUID in a driver dependent byte order.</summary>
    UuidLegacy = 0x03,
    /// <summary>A UUID in network byte order.</summary>
    UuidStandard = 0x04,
    /// <summary>An MD5 hash.</summary>
    MD5 = 0x05,
    /// <summary>Encrypted data.</summary>
    Encrypted = 0x06,
    /// <summary>A compressed column of a time series.</summary>
    Column = 0x07,
    /// <summary>Data that logs must not show.</summary>
    Sensitive = 0x08,
    /// <summary>A dense vector.</summary>
    Vector = 0x09,
    /// <summary>Private to an application.</summary>
    UserDefined = 0x80,
}
