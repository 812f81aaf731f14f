namespace Lmtp.Server.Mime;

/// <summary>
/// Where the body of a node lies in the received bytes, and what has to be done to those bytes to get the body: every
/// bare LF becomes CRLF, and an unfinished last line of a multipart's own text gets a line break. Valid as long as the
/// message is.
/// </summary>
public readonly record struct BodyExtent
{
    private readonly MimeTree _tree;
    private readonly int _node;

    internal BodyExtent(MimeTree tree, int node) => (_tree, _node) = (tree, node);

    /// <summary>The number of ranges that together are the body. A part that is not multipart has one or none.</summary>
    public int RangeCount => Record.RangeCount;

    /// <summary>The first range; empty when there is none.</summary>
    public ByteRange First => Record.First;

    /// <summary>The ranges in order.</summary>
    public IEnumerable<ByteRange> Ranges => _tree.Ranges(_node);

    /// <summary>Lines, the last and possibly empty one included.</summary>
    public int Lines => Record.Lines;

    /// <summary>LF in these ranges without a CR before them.</summary>
    public int BareLineFeeds => Record.BareLineFeeds;

    /// <summary>The bytes to add behind the ranges: empty, LF or CRLF.</summary>
    public string Suffix => Record.Suffix;

    /// <summary>The number of bytes of the ranges together.</summary>
    public long RawLength => Record.RawLength;

    /// <summary>The number of bytes of the body after line ends were made CRLF.</summary>
    public long Length => RawLength + BareLineFeeds + Suffix.Length;

    private ref readonly BodyRecord Record => ref _tree[_node].Body;
}
