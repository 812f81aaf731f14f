namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>
/// Where a record is, in 64 bits: segment (22), offset in units of eight bytes (24), size in units of 64 bytes, rounded
/// up and saturated (18). Reading this many bytes gets the record in one go in all but the largest cases.
/// </summary>
/// <param name="Packed">The bits; 0 for no record.</param>
internal readonly record struct RecordLocation(ulong Packed)
{
    /// <summary>The largest file a location can point into, in bytes.</summary>
    public const int MaxSegmentSize = 1 << 27;

    /// <summary>The highest segment number.</summary>
    public const int MaxSegment = (1 << 22) - 1;

    private const int SizeBits = 18;
    private const int OffsetBits = 24;
    private const int SizeUnit = 64;

    /// <summary>True where there is no record.</summary>
    public bool IsNone => Packed == 0;

    /// <summary>The segment's number, from 1.</summary>
    public int Segment => (int)(Packed >> (SizeBits + OffsetBits));

    /// <summary>The record's offset in the segment's file.</summary>
    public long Offset => (long)((Packed >> SizeBits) & ((1UL << OffsetBits) - 1)) * 8;

    /// <summary>About how many bytes the record takes: never less, except for the very largest.</summary>
    public int SizeHint => ((int)(Packed & ((1UL << SizeBits) - 1)) + 1) * SizeUnit;

    /// <summary>Makes a location.</summary>
    /// <param name="segment">The segment's number.</param>
    /// <param name="offset">The offset, a multiple of eight.</param>
    /// <param name="size">The record's size in bytes.</param>
    public static RecordLocation Of(int segment, long offset, int size)
    {
        ulong units = (ulong)Math.Min((size - 1) / SizeUnit, (1 << SizeBits) - 1);
        return new RecordLocation(((ulong)segment << (SizeBits + OffsetBits)) | ((ulong)(offset / 8) << SizeBits) | units);
    }
}
