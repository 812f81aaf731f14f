namespace MongoDB.Bson;

/// <summary>A 64-bit integer.</summary>
public class BsonInt64 : BsonValue, IComparable<BsonInt64>, IEquatable<BsonInt64>
{
    /// <summary>Creates one.</summary>
    public BsonInt64(long value)
    {
        Value = value;
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.Int64;

    /// <summary>The value.</summary>
    public long Value { get; }

    /// <summary>Wraps a value.</summary>
    public static implicit operator BsonInt64(long value) => new BsonInt64(value);

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonInt64 lhs, BsonInt64 rhs) => (BsonValue)lhs == (BsonValue)rhs;

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonInt64 lhs, BsonInt64 rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to this type.</summary>
    public static new BsonInt64 Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonInt64)BsonTypeMapper.MapToBsonValue(value, BsonType.Int64);
    }

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonInt64 other) => other is null ? 1 : Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => BsonNumber.Compare(this, other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonInt64 rhs) => rhs is not null && GetType() == rhs.GetType() && Value == rhs.Value;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonInt64);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, Value.GetHashCode());

    /// <inheritdoc />
    public override bool ToBoolean() => Value != 0;

    /// <inheritdoc />
    public override decimal ToDecimal() => Value;

    /// <inheritdoc />
    public override Decimal128 ToDecimal128() => Value;

    /// <inheritdoc />
    public override double ToDouble() => Value;

    /// <inheritdoc />
    public override int ToInt32() => checked((int)Value);

    /// <inheritdoc />
    public override long ToInt64() => Value;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc />
    protected override bool OperatorEqualsImplementation(BsonValue rhs) => rhs.IsNumeric && BsonNumber.AreEqual(this, rhs);
}
