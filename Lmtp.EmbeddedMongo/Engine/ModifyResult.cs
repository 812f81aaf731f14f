namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>What <see cref="Collection.Modify"/> did.</summary>
/// <param name="Found">False where the record is gone.</param>
/// <param name="Kind">What became of the document.</param>
/// <param name="Before">The document as it was, where found.</param>
/// <param name="Position">What to wait for so that the change is durable.</param>
internal readonly record struct ModifyResult(bool Found, MutationKind Kind, ReadOnlyMemory<byte> Before, LogPosition Position);
