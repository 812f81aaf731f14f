namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.DatabaseNamespace.</summary>
public sealed class DatabaseNamespace(string databaseName)
{
    public string DatabaseName { get; } = databaseName;

    public override string ToString() => DatabaseName;
}

/// <summary>Mirrors MongoDB.Driver.CollectionNamespace.</summary>
public sealed class CollectionNamespace(DatabaseNamespace databaseNamespace, string collectionName)
{
    public CollectionNamespace(string databaseName, string collectionName)
        : this(new DatabaseNamespace(databaseName), collectionName)
    {
    }

    public string CollectionName { get; } = collectionName;

    public DatabaseNamespace DatabaseNamespace { get; } = databaseNamespace;

    public string FullName => $"{DatabaseNamespace.DatabaseName}.{CollectionName}";

    public override string ToString() => FullName;
}
