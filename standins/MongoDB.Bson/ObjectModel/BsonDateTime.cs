namespace MongoDB.Bson;

/// <summary>A moment in milliseconds since the Unix epoch.</summary>
public class BsonDateTime : BsonValue, IComparable<BsonDateTime>, IEquatable<BsonDateTime>
{
    /// <summary>Creates one.</summary>
    public BsonDateTime(long millisecondsSinceEpoch)
    {
        MillisecondsSinceEpoch = millisecondsSinceEpoch;
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.DateTime;

    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long MillisecondsSinceEpoch { get; }

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonDateTime lhs, BsonDateTime rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonDateTime lhs, BsonDateTime rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to this type.</summary>
    public static new BsonDateTime Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonDateTime)BsonTypeMapper.MapToBsonValue(value, BsonType.DateTime);
    }

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonDateTime other) => other is null ? 1 : MillisecondsSinceEpoch.CompareTo(other.MillisecondsSinceEpoch);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonDateTime same ? CompareTo(same) : CompareTypeTo(other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonDateTime rhs) => rhs is not null && GetType() == rhs.GetType() && MillisecondsSinceEpoch == rhs.MillisecondsSinceEpoch;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonDateTime);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, MillisecondsSinceEpoch);

    /// <summary>Creates one; local times are converted to UTC, unspecified ones are taken as local.</summary>
    public BsonDateTime(DateTime value)
        : this(BsonUtils.ToMillisecondsSinceEpoch(BsonUtils.ToUniversalTime(value)))
    {
    }

    /// <summary>Wraps a value.</summary>
    public static implicit operator BsonDateTime(DateTime value) => new(value);

    /// <inheritdoc />
    public override bool IsValidDateTime =>
        MillisecondsSinceEpoch >= BsonConstants.DateTimeMinValueMillisecondsSinceEpoch
        && MillisecondsSinceEpoch <= BsonConstants.DateTimeMaxValueMillisecondsSinceEpoch;

    /// <inheritdoc />
    public override DateTime ToLocalTime() => ToUniversalTime().ToLocalTime();

    /// <inheritdoc />
    public override DateTime? ToNullableLocalTime() => ToLocalTime();

    /// <inheritdoc />
    public override DateTime? ToNullableUniversalTime() => ToUniversalTime();

    /// <inheritdoc />
    public override DateTime ToUniversalTime() => BsonUtils.ToDateTimeFromMillisecondsSinceEpoch(MillisecondsSinceEpoch);

    /// <inheritdoc />
    public override string ToString() => IsValidDateTime
        ? ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", System.Globalization.CultureInfo.InvariantCulture)
        : MillisecondsSinceEpoch.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
