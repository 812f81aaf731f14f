using System.Buffers;

namespace MongoDB.Driver;

/// <summary>The name of a database.</summary>
public sealed class DatabaseNamespace : IEquatable<DatabaseNamespace>
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\0 .$/\\");

    /// <summary>Creates one; a name that is not allowed is an ArgumentException.</summary>
    public DatabaseNamespace(string databaseName)
    {
        ArgumentException.ThrowIfNullOrEmpty(databaseName);
        if (databaseName != "$external" && databaseName.AsSpan().ContainsAny(Forbidden))
        {
            throw new ArgumentException($"Database name '{databaseName}' is not valid.", nameof(databaseName));
        }

        DatabaseName = databaseName;
    }

    /// <summary>The name.</summary>
    public string DatabaseName { get; }

    /// <summary>Equality of value.</summary>
    public bool Equals(DatabaseNamespace other) => other is not null && DatabaseName == other.DatabaseName;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as DatabaseNamespace);

    /// <inheritdoc />
    public override int GetHashCode() => DatabaseName.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => DatabaseName;
}
