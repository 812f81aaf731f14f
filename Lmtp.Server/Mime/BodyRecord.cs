namespace Lmtp.Server.Mime;

/// <summary>What <see cref="MimeTree"/> holds about where the body of a node lies.</summary>
internal struct BodyRecord
{
    /// <summary>The first range.</summary>
    public ByteRange First;

    /// <summary>The number of ranges.</summary>
    public int RangeCount;

    /// <summary>The second range, in the list of further ranges of all nodes, from 1.</summary>
    public int Second;

    /// <summary>The last range in that list.</summary>
    public int LastRange;

    /// <summary>Lines, the last and possibly empty one included.</summary>
    public int Lines;

    /// <summary>LF in these ranges without a CR before them.</summary>
    public int BareLineFeeds;

    /// <summary>The number of bytes of the ranges together.</summary>
    public long RawLength;

    /// <summary>With what the last range ends.</summary>
    public LastByte Last;

    /// <summary>Whether a line break has to be added, or completed, at the end.</summary>
    public bool EndsWithLineBreak;

    /// <summary>The bytes to add behind the ranges: empty, LF or CRLF.</summary>
    public readonly string Suffix => !EndsWithLineBreak || RawLength == 0 ? "" : Last switch
    {
        LastByte.LineFeed => "",
        LastByte.CarriageReturn => "\n",
        _ => "\r\n",
    };

    /// <summary>What a range ends with.</summary>
    public enum LastByte
    {
        /// <summary>Anything but a line break.</summary>
        Text,

        /// <summary>CR.</summary>
        CarriageReturn,

        /// <summary>LF.</summary>
        LineFeed,
    }
}
