using System.Buffers.Binary;

namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>One BSON value inside a larger buffer: its type and its bytes. Reads without copying.</summary>
internal readonly ref struct BsonValueSlice
{
    /// <summary>Points at a value.</summary>
    /// <param name="type">The value's type.</param>
    /// <param name="bytes">The value alone, without type byte and name.</param>
    public BsonValueSlice(BsonType type, ReadOnlySpan<byte> bytes)
    {
        Type = type;
        Bytes = bytes;
    }

    /// <summary>The value's type; <see cref="BsonType.Missing"/> where there is none.</summary>
    public BsonType Type { get; }

    /// <summary>The value as BSON lays it out.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>True where the field does not exist.</summary>
    public bool IsMissing => Type == BsonType.Missing;

    /// <summary>True for int32, int64, double and decimal128.</summary>
    public bool IsNumber => Type is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128;

    /// <summary>The value of an <see cref="BsonType.Int32"/>.</summary>
    public int AsInt32 => BinaryPrimitives.ReadInt32LittleEndian(Bytes);

    /// <summary>The value of an <see cref="BsonType.Int64"/>, or the milliseconds of a <see cref="BsonType.DateTime"/>.</summary>
    public long AsInt64 => BinaryPrimitives.ReadInt64LittleEndian(Bytes);

    /// <summary>The value of a <see cref="BsonType.Timestamp"/>: seconds in the upper half.</summary>
    public ulong AsTimestamp => BinaryPrimitives.ReadUInt64LittleEndian(Bytes);

    /// <summary>The value of a <see cref="BsonType.Double"/>.</summary>
    public double AsDouble => BinaryPrimitives.ReadDoubleLittleEndian(Bytes);

    /// <summary>The value of a <see cref="BsonType.Boolean"/>.</summary>
    public bool AsBoolean => Bytes[0] != 0;

    /// <summary>The UTF-8 bytes of a string, symbol or JavaScript code, without the closing zero.</summary>
    public ReadOnlySpan<byte> AsUtf8 => Bytes.Slice(4, BsonLayout.ReadLength(Bytes) - 1);

    /// <summary>The embedded document or array.</summary>
    public BsonSlice AsDocument => new(Bytes);

    /// <summary>The subtype of a <see cref="BsonType.Binary"/>.</summary>
    public byte BinarySubtype => Bytes[4];

    /// <summary>The bytes of a <see cref="BsonType.Binary"/>.</summary>
    public ReadOnlySpan<byte> BinaryData => Bytes[5..];

    /// <summary>The pattern of a <see cref="BsonType.RegularExpression"/>, UTF-8.</summary>
    public ReadOnlySpan<byte> RegularExpressionPattern => Bytes[..Bytes.IndexOf((byte)0)];

    /// <summary>The options of a <see cref="BsonType.RegularExpression"/>, UTF-8.</summary>
    public ReadOnlySpan<byte> RegularExpressionOptions => Bytes[(Bytes.IndexOf((byte)0) + 1)..^1];

    /// <summary>Copies the value out of its buffer.</summary>
    public RawBsonValue ToOwned() => new(Type, Bytes.ToArray());
}
