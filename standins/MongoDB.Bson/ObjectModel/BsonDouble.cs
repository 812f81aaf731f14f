namespace MongoDB.Bson;

/// <summary>A 64-bit floating point number.</summary>
public class BsonDouble : BsonValue, IComparable<BsonDouble>, IEquatable<BsonDouble>
{
    /// <summary>Creates one.</summary>
    public BsonDouble(double value)
    {
        Value = value;
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.Double;

    /// <summary>The value.</summary>
    public double Value { get; }

    /// <summary>Wraps a value.</summary>
    public static implicit operator BsonDouble(double value) => new BsonDouble(value);

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonDouble lhs, BsonDouble rhs) => (BsonValue)lhs == (BsonValue)rhs;

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonDouble lhs, BsonDouble rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to this type.</summary>
    public static new BsonDouble Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonDouble)BsonTypeMapper.MapToBsonValue(value, BsonType.Double);
    }

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonDouble other) => other is null ? 1 : Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => BsonNumber.Compare(this, other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonDouble rhs) => rhs is not null && GetType() == rhs.GetType() && Value.Equals(rhs.Value);

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonDouble);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, Value.GetHashCode());

    /// <inheritdoc />
    public override bool ToBoolean() => !(double.IsNaN(Value) || Value == 0.0);

    /// <inheritdoc />
    public override decimal ToDecimal() => (decimal)Value;

    /// <inheritdoc />
    public override Decimal128 ToDecimal128() => (Decimal128)Value;

    /// <inheritdoc />
    public override double ToDouble() => Value;

    /// <inheritdoc />
    public override int ToInt32() => checked((int)Value);

    /// <inheritdoc />
    public override long ToInt64() => checked((long)Value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc />
    protected override bool OperatorEqualsImplementation(BsonValue rhs) => rhs.IsNumeric && BsonNumber.AreEqual(this, rhs);
}
