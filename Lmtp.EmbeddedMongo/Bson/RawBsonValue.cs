namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>A BSON value that can be kept: its type and its bytes as BSON lays them out.</summary>
/// <param name="Type">The value's type.</param>
/// <param name="Bytes">The value without type byte and name.</param>
internal readonly record struct RawBsonValue(BsonType Type, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The value null.</summary>
    public static RawBsonValue Null => new(BsonType.Null, default);

    /// <summary>The value below all others.</summary>
    public static RawBsonValue MinKey => new(BsonType.MinKey, default);

    /// <summary>The value above all others.</summary>
    public static RawBsonValue MaxKey => new(BsonType.MaxKey, default);

    /// <summary>The value for reading.</summary>
    public BsonValueSlice Slice => new(Type, Bytes.Span);
}
