namespace MongoDB.Bson;

/// <summary>An object id.</summary>
public class BsonObjectId : BsonValue, IComparable<BsonObjectId>, IEquatable<BsonObjectId>
{
    /// <summary>Creates one.</summary>
    public BsonObjectId(ObjectId value)
    {
        Value = value;
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.ObjectId;

    /// <summary>The value.</summary>
    public ObjectId Value { get; }

    /// <summary>Wraps a value.</summary>
    public static implicit operator BsonObjectId(ObjectId value) => new BsonObjectId(value);

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonObjectId lhs, BsonObjectId rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonObjectId lhs, BsonObjectId rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to this type.</summary>
    public static new BsonObjectId Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonObjectId)BsonTypeMapper.MapToBsonValue(value, BsonType.ObjectId);
    }

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonObjectId other) => other is null ? 1 : Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonObjectId same ? CompareTo(same) : CompareTypeTo(other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonObjectId rhs) => rhs is not null && GetType() == rhs.GetType() && Value == rhs.Value;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonObjectId);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, Value.GetHashCode());

    /// <summary>The id of all zeros.</summary>
    public static BsonObjectId Empty { get; } = new(ObjectId.Empty);

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}
