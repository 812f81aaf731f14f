namespace MongoDB.Bson;

/// <summary>A replication timestamp: seconds since the Unix epoch and an increment.</summary>
public class BsonTimestamp : BsonValue, IComparable<BsonTimestamp>, IEquatable<BsonTimestamp>
{
    /// <summary>Creates one.</summary>
    public BsonTimestamp(long value)
    {
        Value = value;
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.Timestamp;

    /// <summary>Seconds in the upper, increment in the lower 32 bits.</summary>
    public long Value { get; }

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonTimestamp lhs, BsonTimestamp rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonTimestamp lhs, BsonTimestamp rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to this type.</summary>
    public static new BsonTimestamp Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonTimestamp)BsonTypeMapper.MapToBsonValue(value, BsonType.Timestamp);
    }

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonTimestamp other) => other is null ? 1 : ((ulong)Value).CompareTo((ulong)other.Value);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonTimestamp same ? CompareTo(same) : CompareTypeTo(other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonTimestamp rhs) => rhs is not null && GetType() == rhs.GetType() && Value == rhs.Value;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonTimestamp);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, Value.GetHashCode());

    /// <summary>Creates one from its parts.</summary>
    public BsonTimestamp(int timestamp, int increment)
        : this((long)(((ulong)(uint)timestamp << 32) | (uint)increment))
    {
    }

    /// <summary>The increment.</summary>
    public int Increment => (int)Value;

    /// <summary>Seconds since the Unix epoch.</summary>
    public int Timestamp => (int)(Value >> 32);

    /// <inheritdoc />
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
