namespace MongoDB.Bson;

/// <summary>Null.</summary>
public class BsonNull : BsonValue, IComparable<BsonNull>, IEquatable<BsonNull>
{
    private BsonNull()
    {
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.Null;

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonNull lhs, BsonNull rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonNull lhs, BsonNull rhs) => !(lhs == rhs);

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonNull other) => other is null ? 1 : 0;

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonNull same ? CompareTo(same) : CompareTypeTo(other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonNull rhs) => rhs is not null && GetType() == rhs.GetType() && true;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonNull);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, 0);

    /// <summary>The only instance.</summary>
    public static BsonNull Value { get; } = new();

    /// <inheritdoc />
    public override bool ToBoolean() => false;

    /// <inheritdoc />
    public override DateTime? ToNullableLocalTime() => null;

    /// <inheritdoc />
    public override DateTime? ToNullableUniversalTime() => null;

    /// <inheritdoc />
    public override string ToString() => "BsonNull";
}
