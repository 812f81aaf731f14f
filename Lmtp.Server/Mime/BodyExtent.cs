namespace Lmtp.Server.Mime;

/// <summary>
/// Where the body of a node lies in the received bytes, and what has to be done to those bytes to get the body: every
/// bare LF becomes CRLF, and an unfinished last line of a multipart's own text gets a line break.
/// </summary>
public sealed class BodyExtent
{
    private List<ByteRange>? _more;
    private ByteRange _first;

    /// <summary>The ranges that together are the body. A part that is not multipart has one or none.</summary>
    public int RangeCount { get; private set; }

    /// <summary>Lines, the last and possibly empty one included.</summary>
    public int Lines { get; private set; }

    /// <summary>LF in these ranges without a CR before them.</summary>
    public int BareLineFeeds { get; private set; }

    /// <summary>The bytes to add behind the ranges: empty, LF or CRLF.</summary>
    public string Suffix { get; private set; } = "";

    /// <summary>The number of bytes of the ranges together.</summary>
    public long RawLength { get; private set; }

    /// <summary>The number of bytes of the body after line ends were made CRLF.</summary>
    public long Length => RawLength + BareLineFeeds + Suffix.Length;

    /// <summary>A range by its position.</summary>
    public ByteRange this[int index] => index == 0 ? _first : _more![index - 1];

    internal LastByte Last { get; private set; }

    internal void Add(ByteRange range, int lines, int bareLineFeeds, LastByte last)
    {
        if (RangeCount++ == 0)
        {
            _first = range;
        }
        else
        {
            (_more ??= []).Add(range);
        }

        RawLength += range.Length;
        Lines += lines;
        BareLineFeeds += bareLineFeeds;
        Last = last;
    }

    internal void EndWithLineBreak()
    {
        if (RawLength > 0)
        {
            Suffix = Last switch
            {
                LastByte.LineFeed => "",
                LastByte.CarriageReturn => "\n",
                _ => "\r\n",
            };
        }
    }

    internal enum LastByte
    {
        Text,
        CarriageReturn,
        LineFeed,
    }
}
