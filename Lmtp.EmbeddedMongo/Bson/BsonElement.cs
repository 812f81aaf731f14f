namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>A name and its value inside a BSON document.</summary>
internal readonly ref struct BsonElement
{
    /// <summary>Points at an element.</summary>
    /// <param name="name">The field name, UTF-8, without the closing zero.</param>
    /// <param name="value">The value.</param>
    public BsonElement(ReadOnlySpan<byte> name, BsonValueSlice value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The field name, UTF-8, without the closing zero.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The value.</summary>
    public BsonValueSlice Value { get; }
}
