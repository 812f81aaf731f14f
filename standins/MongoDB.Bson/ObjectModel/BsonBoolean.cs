namespace MongoDB.Bson;

/// <summary>A boolean.</summary>
public class BsonBoolean : BsonValue, IComparable<BsonBoolean>, IEquatable<BsonBoolean>
{
    /// <summary>Creates one.</summary>
    public BsonBoolean(bool value)
    {
        Value = value;
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.Boolean;

    /// <summary>The value.</summary>
    public bool Value { get; }

    /// <summary>Wraps a value.</summary>
    public static implicit operator BsonBoolean(bool value) => value ? True : False;

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonBoolean lhs, BsonBoolean rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonBoolean lhs, BsonBoolean rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to this type.</summary>
    public static new BsonBoolean Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonBoolean)BsonTypeMapper.MapToBsonValue(value, BsonType.Boolean);
    }

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonBoolean other) => other is null ? 1 : Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonBoolean same ? CompareTo(same) : CompareTypeTo(other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonBoolean rhs) => rhs is not null && GetType() == rhs.GetType() && Value == rhs.Value;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonBoolean);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, Value.GetHashCode());

    /// <summary>The value false.</summary>
    public static BsonBoolean False { get; } = new(false);

    /// <summary>The value true.</summary>
    public static BsonBoolean True { get; } = new(true);

    /// <inheritdoc />
    public override bool ToBoolean() => Value;

    /// <inheritdoc />
    public override string ToString() => Value ? "true" : "false";
}
