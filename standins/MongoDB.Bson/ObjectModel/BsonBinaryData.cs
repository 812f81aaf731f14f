namespace MongoDB.Bson;

/// <summary>Binary data with a subtype.</summary>
public class BsonBinaryData : BsonValue, IComparable<BsonBinaryData>, IEquatable<BsonBinaryData>
{
    /// <inheritdoc />
    public override BsonType BsonType => BsonType.Binary;

    /// <summary>Wraps a value.</summary>
    public static implicit operator BsonBinaryData(byte[] value) => new BsonBinaryData(value);

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonBinaryData lhs, BsonBinaryData rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonBinaryData lhs, BsonBinaryData rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to this type.</summary>
    public static new BsonBinaryData Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonBinaryData)BsonTypeMapper.MapToBsonValue(value, BsonType.Binary);
    }

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonBinaryData other) => other is null ? 1 : CompareBytes(other);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonBinaryData same ? CompareTo(same) : CompareTypeTo(other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonBinaryData rhs) => rhs is not null && GetType() == rhs.GetType() && SubType == rhs.SubType && Bytes.AsSpan().SequenceEqual(rhs.Bytes);

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonBinaryData);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, SubType, HashOf(Bytes));

    /// <summary>Creates data of subtype 0.</summary>
    public BsonBinaryData(byte[] bytes)
        : this(bytes, BsonBinarySubType.Binary)
    {
    }

    /// <summary>Creates data; the array is kept, not copied.</summary>
    public BsonBinaryData(byte[] bytes, BsonBinarySubType subType)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (subType is BsonBinarySubType.UuidStandard or BsonBinarySubType.UuidLegacy && bytes.Length != 16)
        {
            throw new ArgumentException($"Length must be 16, not {bytes.Length}, when subType is {subType}.", nameof(bytes));
        }

        Bytes = bytes;
        SubType = subType;
    }

    /// <summary>Creates the data of a Guid.</summary>
    public BsonBinaryData(Guid guid, GuidRepresentation guidRepresentation)
        : this(GuidConverter.ToBytes(guid, guidRepresentation), GuidConverter.GetSubType(guidRepresentation))
    {
    }

    /// <summary>The bytes, not a copy.</summary>
    public byte[] Bytes { get; }

    /// <summary>The subtype.</summary>
    public BsonBinarySubType SubType { get; }

    /// <summary>The Guid in data of the standard UUID subtype.</summary>
    public Guid ToGuid()
    {
        return SubType == BsonBinarySubType.UuidStandard
            ? ToGuid(GuidRepresentation.Standard)
            : throw new InvalidOperationException($"BsonBinarySubType must be UuidStandard, not {SubType}.");
    }

    /// <summary>The Guid in data of the subtype that goes with the representation.</summary>
    public Guid ToGuid(GuidRepresentation guidRepresentation)
    {
        var expected = GuidConverter.GetSubType(guidRepresentation);
        return SubType == expected
            ? GuidConverter.FromBytes(Bytes, guidRepresentation)
            : throw new InvalidOperationException($"GuidRepresentation {guidRepresentation} is only valid with binary sub type {expected}, not {SubType}.");
    }

    /// <inheritdoc />
    public override string ToString() => $"{SubType}:0x{BsonUtils.ToHexString(Bytes)}";

    private static int HashOf(byte[] bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    private int CompareBytes(BsonBinaryData other)
    {
        var bySubType = SubType.CompareTo(other.SubType);
        return bySubType != 0 ? bySubType : Bytes.AsSpan().SequenceCompareTo(other.Bytes);
    }
}
