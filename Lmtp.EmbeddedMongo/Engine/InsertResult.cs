namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>What <see cref="Collection.Insert(IReadOnlyList{ReadOnlyMemory{byte}}, bool)"/> did.</summary>
/// <param name="Inserted">How many documents are in.</param>
/// <param name="Errors">Which are not, by their place in the list, and why.</param>
/// <param name="Position">What to wait for so that they are durable.</param>
internal sealed record InsertResult(int Inserted, IReadOnlyList<(int Index, StorageException Error)> Errors, LogPosition Position);
