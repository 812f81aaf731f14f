namespace Lmtp.Server.Storage;

/// <summary>The first of a run of UIDs and modseqs that belong together.</summary>
/// <param name="FirstUid">The first UID.</param>
/// <param name="FirstModseq">The modseq of the first UID.</param>
internal readonly record struct UidRange(int FirstUid, int FirstModseq)
{
    /// <summary>What is left of the run behind its first <paramref name="count"/> numbers.</summary>
    public UidRange Skip(int count) => new(FirstUid + count, FirstModseq + count);
}
