namespace MongoDB.Bson;

/// <summary>A 128-bit decimal floating point number.</summary>
public class BsonDecimal128 : BsonValue, IComparable<BsonDecimal128>, IEquatable<BsonDecimal128>
{
    /// <summary>Creates one.</summary>
    public BsonDecimal128(Decimal128 value)
    {
        Value = value;
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.Decimal128;

    /// <summary>The value.</summary>
    public Decimal128 Value { get; }

    /// <summary>Wraps a value.</summary>
    public static implicit operator BsonDecimal128(Decimal128 value) => new BsonDecimal128(value);

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonDecimal128 lhs, BsonDecimal128 rhs) => (BsonValue)lhs == (BsonValue)rhs;

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonDecimal128 lhs, BsonDecimal128 rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to this type.</summary>
    public static new BsonDecimal128 Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonDecimal128)BsonTypeMapper.MapToBsonValue(value, BsonType.Decimal128);
    }

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonDecimal128 other) => other is null ? 1 : Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => BsonNumber.Compare(this, other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonDecimal128 rhs) => rhs is not null && GetType() == rhs.GetType() && Value.Equals(rhs.Value);

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonDecimal128);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, Value.GetHashCode());

    /// <inheritdoc />
    public override bool ToBoolean() => !(Decimal128.IsNaN(Value) || Value.Equals(Decimal128.Zero));

    /// <inheritdoc />
    public override decimal ToDecimal() => Decimal128.ToDecimal(Value);

    /// <inheritdoc />
    public override Decimal128 ToDecimal128() => Value;

    /// <inheritdoc />
    public override double ToDouble() => Decimal128.ToDouble(Value);

    /// <inheritdoc />
    public override int ToInt32() => Decimal128.ToInt32(Value);

    /// <inheritdoc />
    public override long ToInt64() => Decimal128.ToInt64(Value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString();

    /// <inheritdoc />
    protected override bool OperatorEqualsImplementation(BsonValue rhs) => rhs.IsNumeric && BsonNumber.AreEqual(this, rhs);
}
