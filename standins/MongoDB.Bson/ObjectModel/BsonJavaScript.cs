namespace MongoDB.Bson;

/// <summary>JavaScript code.</summary>
public class BsonJavaScript : BsonValue, IComparable<BsonJavaScript>, IEquatable<BsonJavaScript>
{
    /// <summary>Creates one.</summary>
    public BsonJavaScript(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        Code = code;
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.JavaScript;

    /// <summary>The code.</summary>
    public string Code { get; }

    /// <summary>Wraps code.</summary>
    public static implicit operator BsonJavaScript(string code) => code is null ? null : new BsonJavaScript(code);

    /// <summary>Equality of type and value.</summary>
    public static bool operator ==(BsonJavaScript lhs, BsonJavaScript rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of type or value.</summary>
    public static bool operator !=(BsonJavaScript lhs, BsonJavaScript rhs) => !(lhs == rhs);

    /// <summary>Compares code.</summary>
    public int CompareTo(BsonJavaScript other) => other is null ? 1 : string.CompareOrdinal(Code, other.Code);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonJavaScript same and not BsonJavaScriptWithScope ? CompareTo(same) : CompareTypeTo(other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonJavaScript rhs) => rhs is not null && GetType() == rhs.GetType() && Code == rhs.Code;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonJavaScript);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, Code);

    /// <inheritdoc />
    public override string ToString() => $"new BsonJavaScript(\"{Code}\")";
}
