namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>The full name of a collection.</summary>
/// <param name="Database">The database.</param>
/// <param name="Collection">The collection in it.</param>
internal readonly record struct Namespace(string Database, string Collection)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Database}.{Collection}";
}
