namespace Lmtp.Server.Mime;

/// <summary>What the parser has to know about a node while it, or a part of it, is still being received.</summary>
internal sealed class OpenNode
{
    private Line _first;

    public MimeNode Node { get; private set; } = null!;

    public OpenNode? Parent { get; private set; }

    public bool IsWalked { get; private set; }

    public bool InHeader { get; private set; }

    /// <summary>What delimits the parts of this node; null when it has none or no line can be that.</summary>
    public Delimiter? Delimiter { get; private set; }

    /// <summary>Digest of the body, when the body will go to attachment storage.</summary>
    public BodyDigest? Digest { get; set; }

    /// <summary>Whether the body of this node is to be parsed as a message of its own.</summary>
    public bool HoldsMessage =>
        Node.ContentType.Value == "message/rfc822"
        && (Parent is null || Node.ContentTransferEncoding is "" or "7bit" or "8bit" or "binary");

    /// <summary>Begins to receive a node.</summary>
    /// <param name="node">The node of the tree.</param>
    /// <param name="parent">The multipart that it is a part of; null for the top node of a message.</param>
    /// <param name="isWalked">Whether the body of this node may go to attachment storage.</param>
    public void Begin(MimeNode node, OpenNode? parent, bool isWalked)
    {
        (Node, Parent, IsWalked) = (node, parent, isWalked);
        InHeader = true;
        _first = default;
        Delimiter = null;
        Digest = null;
    }

    public void EndHeader()
    {
        InHeader = false;
        Node.EndHeader();
        Delimiter = Delimiter.Create(Node.Boundary);
    }

    /// <summary>The lines from this one on are text of this node.</summary>
    public void BeginText(in Line first) => _first = first;

    /// <summary>The text of this node ends here, for good or until a part of it has ended.</summary>
    /// <param name="last">The last line that was not a delimiter.</param>
    public void EndText(in Line last)
    {
        if (last.Number < _first.Number)
        {
            return;
        }

        var body = Node.Body;
        var withBreak = body.RangeCount > 0;
        var bareLineFeeds = last.BareLineFeeds - _first.BareLineFeeds + (withBreak && _first.Before.IsBareLineFeed ? 1 : 0);
        var lastByte = last.Length > 0 ? BodyExtent.LastByte.Text
            : last.Before.LineFeed ? BodyExtent.LastByte.LineFeed
            : BodyExtent.LastByte.CarriageReturn;
        var start = withBreak ? _first.Start - _first.Before.Length : _first.Start;
        body.Add(new ByteRange(start, last.End), last.Number - _first.Number + 1, bareLineFeeds, lastByte);
    }
}
