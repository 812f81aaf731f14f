namespace MongoDB.Bson;

/// <summary>Sorts after every other value.</summary>
public class BsonMaxKey : BsonValue, IComparable<BsonMaxKey>, IEquatable<BsonMaxKey>
{
    private BsonMaxKey()
    {
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.MaxKey;

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonMaxKey lhs, BsonMaxKey rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonMaxKey lhs, BsonMaxKey rhs) => !(lhs == rhs);

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonMaxKey other) => other is null ? 1 : 0;

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonMaxKey same ? CompareTo(same) : CompareTypeTo(other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonMaxKey rhs) => rhs is not null && GetType() == rhs.GetType() && true;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonMaxKey);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, 0);

    /// <summary>The only instance.</summary>
    public static BsonMaxKey Value { get; } = new();

    /// <inheritdoc />
    public override string ToString() => "BsonMaxKey";
}
