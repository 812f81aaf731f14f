namespace MongoDB.Bson;

/// <summary>A 32-bit integer.</summary>
public class BsonInt32 : BsonValue, IComparable<BsonInt32>, IEquatable<BsonInt32>
{
    /// <summary>Creates one.</summary>
    public BsonInt32(int value)
    {
        Value = value;
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.Int32;

    /// <summary>The value.</summary>
    public int Value { get; }

    /// <summary>Wraps a value.</summary>
    public static implicit operator BsonInt32(int value) => value is >= CacheFrom and < CacheTo ? Cache[value - CacheFrom] : new BsonInt32(value);

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonInt32 lhs, BsonInt32 rhs) => (BsonValue)lhs == (BsonValue)rhs;

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonInt32 lhs, BsonInt32 rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to this type.</summary>
    public static new BsonInt32 Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonInt32)BsonTypeMapper.MapToBsonValue(value, BsonType.Int32);
    }

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonInt32 other) => other is null ? 1 : Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => BsonNumber.Compare(this, other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonInt32 rhs) => rhs is not null && GetType() == rhs.GetType() && Value == rhs.Value;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonInt32);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, Value.GetHashCode());

    private const int CacheFrom = -16;
    private const int CacheTo = 256;

    private static readonly BsonInt32[] Cache = [.. Enumerable.Range(CacheFrom, CacheTo - CacheFrom).Select(value => new BsonInt32(value))];

    /// <inheritdoc />
    public override bool ToBoolean() => Value != 0;

    /// <inheritdoc />
    public override decimal ToDecimal() => Value;

    /// <inheritdoc />
    public override Decimal128 ToDecimal128() => Value;

    /// <inheritdoc />
    public override double ToDouble() => Value;

    /// <inheritdoc />
    public override int ToInt32() => Value;

    /// <inheritdoc />
    public override long ToInt64() => Value;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc />
    protected override bool OperatorEqualsImplementation(BsonValue rhs) => rhs.IsNumeric && BsonNumber.AreEqual(this, rhs);
}
