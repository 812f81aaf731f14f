namespace Lmtp.EmbeddedMongo.Engine.Maintenance;

/// <summary>What <see cref="StorageEngine.VerifyAsync"/> found.</summary>
/// <param name="Segments">How many segments were read.</param>
/// <param name="Documents">How many documents were read.</param>
/// <param name="IndexEntries">How many index entries were compared.</param>
/// <param name="Problems">What is wrong, with file and offset or collection and record; empty when all is well.</param>
internal sealed record VerifyReport(int Segments, long Documents, long IndexEntries, IReadOnlyList<string> Problems);
