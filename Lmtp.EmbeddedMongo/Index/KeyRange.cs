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

    /// <summary>Whether any of a document's keys is in the range.</summary>
    public bool ContainsAny(KeyList keys)
    {
        for (int i = 0; i < keys.Count; i++)
        {
            if (keys[i].SequenceCompareTo(Lower) >= 0 && (Upper is null || keys[i].SequenceCompareTo(Upper) < 0))
            {
                return true;
            }
        }

        return false;
    }
}
