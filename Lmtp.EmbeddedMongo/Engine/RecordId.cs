namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>What a collection knows a document by, from its insertion to its deletion; never used twice.</summary>
/// <param name="Value">Positive, ascending in the order of insertion.</param>
internal readonly record struct RecordId(long Value) : IComparable<RecordId>
{
    /// <inheritdoc/>
    public int CompareTo(RecordId other) => Value.CompareTo(other.Value);
}
