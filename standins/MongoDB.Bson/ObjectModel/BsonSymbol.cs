namespace MongoDB.Bson;

/// <summary>The deprecated symbol.</summary>
public class BsonSymbol : BsonValue, IComparable<BsonSymbol>, IEquatable<BsonSymbol>
{
    /// <summary>Creates one.</summary>
    internal BsonSymbol(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Name = value;
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.Symbol;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Wraps a value.</summary>
    public static implicit operator BsonSymbol(string value) => value is null ? null : new BsonSymbol(value);

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonSymbol lhs, BsonSymbol rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonSymbol lhs, BsonSymbol rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to this type.</summary>
    public static new BsonSymbol Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonSymbol)BsonTypeMapper.MapToBsonValue(value, BsonType.Symbol);
    }

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonSymbol other) => other is null ? 1 : string.Compare(Name, other.Name, StringComparison.CurrentCulture);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other switch
    {
        BsonSymbol symbol => CompareTo(symbol),
        BsonString text => string.Compare(Name, text.Value, StringComparison.CurrentCulture),
        _ => CompareTypeTo(other),
    };

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonSymbol rhs) => rhs is not null && GetType() == rhs.GetType() && Name == rhs.Name;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonSymbol);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, Name.GetHashCode(StringComparison.Ordinal));

    /// <inheritdoc />
    public override string ToString() => Name;
}
