namespace MongoDB.Bson;

/// <summary>A name and a value: one element of a document.</summary>
public readonly struct BsonElement : IComparable<BsonElement>, IEquatable<BsonElement>
{
    /// <summary>Creates one.</summary>
    public BsonElement(string name, BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        Name = name;
        Value = value;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The value.</summary>
    public BsonValue Value { get; }

    /// <summary>Equality of name and value.</summary>
    public static bool operator ==(BsonElement lhs, BsonElement rhs) => lhs.Equals(rhs);

    /// <summary>Inequality of name or value.</summary>
    public static bool operator !=(BsonElement lhs, BsonElement rhs) => !lhs.Equals(rhs);

    /// <summary>A shallow copy.</summary>
    public BsonElement Clone() => new(Name, Value.Clone());

    /// <summary>A deep copy.</summary>
    public BsonElement DeepClone() => new(Name, Value.DeepClone());

    /// <summary>Compares name, then value.</summary>
    public int CompareTo(BsonElement other)
    {
        var byName = string.Compare(Name, other.Name, StringComparison.CurrentCulture);
        return byName != 0 ? byName : Value.CompareTo(other.Value);
    }

    /// <summary>Equality of name and value.</summary>
    public bool Equals(BsonElement rhs) => Name == rhs.Name && Value == rhs.Value;

    /// <inheritdoc />
    public override bool Equals(object obj) => obj is BsonElement other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Name, Value);

    /// <inheritdoc />
    public override string ToString() => $"{Name}={Value}";
}
