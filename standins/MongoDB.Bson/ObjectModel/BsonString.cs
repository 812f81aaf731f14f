namespace MongoDB.Bson;

/// <summary>A string.</summary>
public class BsonString : BsonValue, IComparable<BsonString>, IEquatable<BsonString>
{
    /// <summary>Creates one.</summary>
    public BsonString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.String;

    /// <summary>The value.</summary>
    public string Value { get; }

    /// <summary>Wraps a value.</summary>
    public static implicit operator BsonString(string value) => value is null ? null : value.Length == 0 ? Empty : new BsonString(value);

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonString lhs, BsonString rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonString lhs, BsonString rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to this type.</summary>
    public static new BsonString Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonString)BsonTypeMapper.MapToBsonValue(value, BsonType.String);
    }

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonString other) => other is null ? 1 : string.Compare(Value, other.Value, StringComparison.CurrentCulture);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other switch
    {
        BsonString text => CompareTo(text),
        BsonSymbol symbol => string.Compare(Value, symbol.Name, StringComparison.CurrentCulture),
        _ => CompareTypeTo(other),
    };

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonString rhs) => rhs is not null && GetType() == rhs.GetType() && Value == rhs.Value;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonString);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, Value.GetHashCode(StringComparison.Ordinal));

    /// <summary>The empty string.</summary>
    public static BsonString Empty { get; } = new("");

    /// <inheritdoc />
    public override bool ToBoolean() => Value.Length != 0;

    /// <inheritdoc />
    public override decimal ToDecimal() => decimal.Parse(Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public override Decimal128 ToDecimal128() => Decimal128.Parse(Value);

    /// <inheritdoc />
    public override double ToDouble() => double.Parse(Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public override int ToInt32() => int.Parse(Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public override long ToInt64() => long.Parse(Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public override string ToString() => Value;
}
