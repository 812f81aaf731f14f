namespace MongoDB.Driver;

/// <summary>The name of a collection with that of its database.</summary>
public sealed class CollectionNamespace : IEquatable<CollectionNamespace>
{
    /// <summary>Creates one.</summary>
    public CollectionNamespace(string databaseName, string collectionName)
        : this(new DatabaseNamespace(databaseName), collectionName)
    {
    }

    /// <summary>Creates one; a name that is not allowed is an ArgumentException.</summary>
    public CollectionNamespace(DatabaseNamespace databaseNamespace, string collectionName)
    {
        ArgumentNullException.ThrowIfNull(databaseNamespace);
        ArgumentException.ThrowIfNullOrEmpty(collectionName);
        if (collectionName.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A collection name must not have a null character.", nameof(collectionName));
        }

        DatabaseNamespace = databaseNamespace;
        CollectionName = collectionName;
    }

    /// <summary>The name of the collection.</summary>
    public string CollectionName { get; }

    /// <summary>The name of the database.</summary>
    public DatabaseNamespace DatabaseNamespace { get; }

    /// <summary>Both names with a dot between.</summary>
    public string FullName => $"{DatabaseNamespace.DatabaseName}.{CollectionName}";

    /// <summary>Equality of value.</summary>
    public bool Equals(CollectionNamespace other) => other is not null && FullName == other.FullName;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as CollectionNamespace);

    /// <inheritdoc />
    public override int GetHashCode() => FullName.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => FullName;
}
