namespace MongoDB.Bson;

/// <summary>A BSON value. Mirrors the type of that name in the official package.</summary>
public abstract partial class BsonValue : IComparable<BsonValue>, IEquatable<BsonValue>
{
    /// <summary>The type of this value.</summary>
    public abstract BsonType BsonType { get; }

    /// <summary>Whether this is a date within the range of <see cref="DateTime"/>.</summary>
    public virtual bool IsValidDateTime => false;

    /// <summary>The value at a position of an array or document.</summary>
    public virtual BsonValue this[int index]
    {
        get => throw new NotSupportedException($"{GetType().Name} does not support indexing by position (only BsonDocument and BsonArray do).");
        set => throw new NotSupportedException($"{GetType().Name} does not support indexing by position (only BsonDocument and BsonArray do).");
    }

    /// <summary>The value of an element of a document.</summary>
    public virtual BsonValue this[string name]
    {
        get => throw new NotSupportedException($"{GetType().Name} does not support indexing by name (only BsonDocument does).");
        set => throw new NotSupportedException($"{GetType().Name} does not support indexing by name (only BsonDocument does).");
    }

    /// <summary>Compares by type order only.</summary>
    public static bool operator <(BsonValue lhs, BsonValue rhs) => Compare(lhs, rhs) < 0;

    /// <summary>Compares by type order, then value.</summary>
    public static bool operator <=(BsonValue lhs, BsonValue rhs) => Compare(lhs, rhs) <= 0;

    /// <summary>Compares by type order, then value.</summary>
    public static bool operator >(BsonValue lhs, BsonValue rhs) => Compare(lhs, rhs) > 0;

    /// <summary>Compares by type order, then value.</summary>
    public static bool operator >=(BsonValue lhs, BsonValue rhs) => Compare(lhs, rhs) >= 0;

    /// <summary>Equality; numbers of different types may be equal.</summary>
    public static bool operator ==(BsonValue lhs, BsonValue rhs)
    {
        if (lhs is null || rhs is null)
        {
            return lhs is null && rhs is null;
        }

        return lhs.OperatorEqualsImplementation(rhs);
    }

    /// <summary>Inequality; numbers of different types may be equal.</summary>
    public static bool operator !=(BsonValue lhs, BsonValue rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to a BSON value; null becomes <see cref="BsonNull"/>.</summary>
    public static BsonValue Create(object value) => value is null ? BsonNull.Value : BsonTypeMapper.MapToBsonValue(value);

    /// <summary>A shallow copy; immutable values return themselves.</summary>
    public virtual BsonValue Clone() => this;

    /// <summary>A deep copy; immutable values return themselves.</summary>
    public virtual BsonValue DeepClone() => this;

    /// <summary>Compares by type order, then value.</summary>
    public abstract int CompareTo(BsonValue other);

    /// <summary>Compares by type order only.</summary>
    public int CompareTypeTo(BsonValue other) => other is null ? 1 : SortOrder(BsonType).CompareTo(SortOrder(other.BsonType));

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonValue rhs) => Equals((object)rhs);

    /// <inheritdoc />
    public abstract override bool Equals(object obj);

    /// <inheritdoc />
    public abstract override int GetHashCode();

    /// <summary>Truth in the sense of JavaScript.</summary>
    public virtual bool ToBoolean() => true;

    /// <summary>Converts to a decimal.</summary>
    public virtual decimal ToDecimal() => throw NotSupported(nameof(ToDecimal));

    /// <summary>Converts to a Decimal128.</summary>
    public virtual Decimal128 ToDecimal128() => throw NotSupported(nameof(ToDecimal128));

    /// <summary>Converts to a double.</summary>
    public virtual double ToDouble() => throw NotSupported(nameof(ToDouble));

    /// <summary>Converts to an int.</summary>
    public virtual int ToInt32() => throw NotSupported(nameof(ToInt32));

    /// <summary>Converts to a long.</summary>
    public virtual long ToInt64() => throw NotSupported(nameof(ToInt64));

    /// <summary>Converts to local time.</summary>
    public virtual DateTime ToLocalTime() => throw NotSupported(nameof(ToLocalTime));

    /// <summary>Converts to local time, or null.</summary>
    public virtual DateTime? ToNullableLocalTime() => throw NotSupported(nameof(ToNullableLocalTime));

    /// <summary>Converts to UTC, or null.</summary>
    public virtual DateTime? ToNullableUniversalTime() => throw NotSupported(nameof(ToNullableUniversalTime));

    /// <summary>Converts to UTC.</summary>
    public virtual DateTime ToUniversalTime() => throw NotSupported(nameof(ToUniversalTime));

    /// <summary>What the == operator does when neither side is null.</summary>
    protected virtual bool OperatorEqualsImplementation(BsonValue rhs) => Equals((object)rhs);

    private static int Compare(BsonValue lhs, BsonValue rhs)
    {
        if (lhs is null)
        {
            return rhs is null ? 0 : -1;
        }

        return rhs is null ? 1 : lhs.CompareTo(rhs);
    }

    private static int SortOrder(BsonType type)
    {
        return type switch
        {
            BsonType.MinKey => 1,
            BsonType.Undefined => 2,
            BsonType.Null => 3,
            BsonType.Decimal128 or BsonType.Double or BsonType.Int32 or BsonType.Int64 => 4,
            BsonType.String or BsonType.Symbol => 5,
            BsonType.Document => 6,
            BsonType.Array => 7,
            BsonType.Binary => 8,
            BsonType.ObjectId => 9,
            BsonType.Boolean => 10,
            BsonType.DateTime => 11,
            BsonType.Timestamp => 12,
            BsonType.RegularExpression => 13,
            BsonType.JavaScript => 14,
            BsonType.JavaScriptWithScope => 15,
            _ => 16,
        };
    }

    private NotSupportedException NotSupported(string member) => new($"{GetType().Name} does not support {member}.");
}
