namespace MongoDB.Bson;

/// <summary>Sorts before every other value.</summary>
public class BsonMinKey : BsonValue, IComparable<BsonMinKey>, IEquatable<BsonMinKey>
{
    private BsonMinKey()
    {
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.MinKey;

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonMinKey lhs, BsonMinKey rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonMinKey lhs, BsonMinKey rhs) => !(lhs == rhs);

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonMinKey other) => other is null ? 1 : 0;

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonMinKey same ? CompareTo(same) : CompareTypeTo(other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonMinKey rhs) => rhs is not null && GetType() == rhs.GetType() && true;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonMinKey);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, 0);

    /// <summary>The only instance.</summary>
    public static BsonMinKey Value { get; } = new();

    /// <inheritdoc />
    public override string ToString() => "BsonMinKey";
}
