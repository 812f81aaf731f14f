namespace Lmtp.EmbeddedMongo.Index;

/// <summary>A range of encoded keys. Made by <see cref="CollectionIndex.ToKeyRange"/>.</summary>
/// <param name="Lower">The lowest key of the range.</param>
/// <param name="Upper">The first key beyond the range, null where it has no end.</param>
internal sealed record KeyRange(byte[] Lower, byte[]? Upper)
{
    /// <summary>All keys.</summary>
    public static KeyRange All { get; } = new([], null);

    /// <summary>True where no key can be in the range.</summary>
    public bool IsEmpty => Upper is not null && Lower.AsSpan().SequenceCompareTo(Upper) >= 0;
}
