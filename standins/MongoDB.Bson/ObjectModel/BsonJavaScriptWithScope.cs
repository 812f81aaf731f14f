namespace MongoDB.Bson;

/// <summary>JavaScript code with the variables it sees.</summary>
public class BsonJavaScriptWithScope : BsonJavaScript, IComparable<BsonJavaScriptWithScope>, IEquatable<BsonJavaScriptWithScope>
{
    /// <summary>Creates one.</summary>
    public BsonJavaScriptWithScope(string code, BsonDocument scope)
        : base(code)
    {
        ArgumentNullException.ThrowIfNull(scope);
        Scope = scope;
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.JavaScriptWithScope;

    /// <summary>The variables.</summary>
    public BsonDocument Scope { get; }

    /// <summary>Equality of type and value.</summary>
    public static bool operator ==(BsonJavaScriptWithScope lhs, BsonJavaScriptWithScope rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of type or value.</summary>
    public static bool operator !=(BsonJavaScriptWithScope lhs, BsonJavaScriptWithScope rhs) => !(lhs == rhs);

    /// <inheritdoc />
    public override BsonValue Clone() => new BsonJavaScriptWithScope(Code, (BsonDocument)Scope.Clone());

    /// <inheritdoc />
    public override BsonValue DeepClone() => new BsonJavaScriptWithScope(Code, (BsonDocument)Scope.DeepClone());

    /// <summary>Compares code, then scope.</summary>
    public int CompareTo(BsonJavaScriptWithScope other)
    {
        if (other is null)
        {
            return 1;
        }

        var byCode = string.CompareOrdinal(Code, other.Code);
        return byCode != 0 ? byCode : Scope.CompareTo(other.Scope);
    }

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonJavaScriptWithScope same ? CompareTo(same) : CompareTypeTo(other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonJavaScriptWithScope rhs) => rhs is not null && Code == rhs.Code && Scope.Equals(rhs.Scope);

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonJavaScriptWithScope);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, Code, Scope);

    /// <inheritdoc />
    public override string ToString() => $"new BsonJavaScript(\"{Code}\", {Scope.ToJson()})";
}
