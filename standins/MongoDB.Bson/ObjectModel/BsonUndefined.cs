namespace MongoDB.Bson;

/// <summary>The deprecated undefined value.</summary>
public class BsonUndefined : BsonValue, IComparable<BsonUndefined>, IEquatable<BsonUndefined>
{
    private BsonUndefined()
    {
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.Undefined;

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonUndefined lhs, BsonUndefined rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonUndefined lhs, BsonUndefined rhs) => !(lhs == rhs);

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonUndefined other) => other is null ? 1 : 0;

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonUndefined same ? CompareTo(same) : CompareTypeTo(other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonUndefined rhs) => rhs is not null && GetType() == rhs.GetType() && true;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonUndefined);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, 0);

    /// <summary>The only instance.</summary>
    public static BsonUndefined Value { get; } = new();

    /// <inheritdoc />
    public override bool ToBoolean() => false;

    /// <inheritdoc />
    public override string ToString() => "BsonUndefined";
}
