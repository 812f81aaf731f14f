namespace Lmtp.Server.Mime;

/// <summary>What the parser has to know about a node while it, or a part of it, is still being received.</summary>
internal sealed class OpenNode
{
    private readonly Delimiter _delimiter = new();
    private readonly Base64Shape _shape = new();
    private MimeTree _tree = null!;
    private Line _first;
    private bool _hasDelimiter;
    private bool _isWatched;

    /// <summary>The number of the node in the tree.</summary>
    public int Number { get; private set; }

    public OpenNode? Parent { get; private set; }

    public bool IsWalked { get; private set; }

    public bool InHeader { get; private set; }

    /// <summary>What delimits the parts of this node; null when it has none or no line can be that.</summary>
    public Delimiter? Delimiter => _hasDelimiter ? _delimiter : null;

    /// <summary>Watches the body while it comes in; null where its shape does not matter.</summary>
    public Base64Shape? Base64Shape => _isWatched ? _shape : null;

    /// <summary>Digest of the body, when the body will go to attachment storage.</summary>
    public BodyDigest? Digest { get; set; }

    /// <summary>The node of the tree.</summary>
    public MimeNode Node => new(_tree, Number);

    /// <summary>Whether the body of this node is to be parsed as a message of its own.</summary>
    public bool HoldsMessage =>
        Node.ContentType.Value == "message/rfc822"
        && (Parent is null || Node.ContentTransferEncoding is "" or "7bit" or "8bit" or "binary");

    /// <summary>Begins to receive a node.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="number">The number of the node in it.</param>
    /// <param name="parent">The multipart that it is a part of; null for the top node of a message.</param>
    /// <param name="isWalked">Whether the body of this node may go to attachment storage.</param>
    public void Begin(MimeTree tree, int number, OpenNode? parent, bool isWalked)
    {
        (_tree, Number, Parent, IsWalked) = (tree, number, parent, isWalked);
        InHeader = true;
        _first = default;
        _hasDelimiter = _isWatched = false;
        Digest = null;
    }

    /// <summary>Forgets the message.</summary>
    public void Forget()
    {
        (_tree, Parent) = (null!, null);
        _hasDelimiter = _isWatched = false;
    }

    public void EndHeader()
    {
        InHeader = false;
        _tree.EndHeader(Number);
        _hasDelimiter = _delimiter.TrySet(Node.BoundaryText);
    }

    /// <summary>Watches the shape of the body from here on.</summary>
    public void Watch()
    {
        _isWatched = true;
        _shape.Reset();
    }

    /// <summary>The lines from this one on are text of this node.</summary>
    public void BeginText(in Line first) => _first = first;

    /// <summary>The text of this node ends here, for good or until a part of it has ended.</summary>
    /// <param name="last">The last line that was not a delimiter.</param>
    public void EndText(in Line last)
    {
        ref var record = ref _tree[Number];
        record.IsCanonicalBase64 = _isWatched && _shape.IsCanonical;
        if (last.Number < _first.Number)
        {
            return;
        }

        var withBreak = record.Body.RangeCount > 0;
        var bareLineFeeds = last.BareLineFeeds - _first.BareLineFeeds + (withBreak && _first.Before.IsBareLineFeed ? 1 : 0);
        var lastByte = last.Length > 0 ? BodyRecord.LastByte.Text
            : last.Before.LineFeed ? BodyRecord.LastByte.LineFeed
            : BodyRecord.LastByte.CarriageReturn;
        var start = withBreak ? _first.Start - _first.Before.Length : _first.Start;
        _tree.AddRange(Number, new ByteRange(start, last.End), last.Number - _first.Number + 1, bareLineFeeds, lastByte);
    }
}
