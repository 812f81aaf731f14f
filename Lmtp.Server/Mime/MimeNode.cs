namespace Lmtp.Server.Mime;

/// <summary>One node of the MIME tree: a message, a multipart or a part. A finished tree does not change any more.</summary>
public sealed class MimeNode
{
    // A part seldom has more fields, and a few are looked through faster than they are taken apart.
    private const int MaxSearched = 8;

    private readonly HeaderCollector _headers;
    private readonly int _firstField;
    private HeaderFieldList? _header;
    private ParsedHeader? _parsedHeader;
    private List<MimeNode>? _children;
    private ByteBuffer? _bodies;
    private int _contentStart;
    private int _fieldCount;
    private int _headerBytes;

    internal MimeNode(HeaderCollector headers, int level)
    {
        _headers = headers;
        _firstField = headers.Count;
        _headerBytes = -headers.Length;
        Level = level;
        headers.BeginNode();
    }

    /// <summary>The header fields in the order received.</summary>
    public HeaderFieldList Header => _header ??= new HeaderFieldList(_headers, _firstField, _fieldCount);

    /// <summary>The header by name, values decoded as far as WildDuck decodes them.</summary>
    public ParsedHeader ParsedHeader => _parsedHeader ??= new ParsedHeader(Header, ContentType, ContentDisposition);

    /// <summary>Content-Type, or text/plain when there is none.</summary>
    public ParameterizedValue ContentType { get; private set; } = ParameterizedValue.TextPlain;

    /// <summary>Content-Disposition, or null when there is none.</summary>
    public ParameterizedValue? ContentDisposition { get; private set; }

    /// <summary>Content-Transfer-Encoding as received; empty when there is none.</summary>
    public string ContentTransferEncoding { get; private set; } = "";

    /// <summary>The subtype of a multipart that has a boundary, in the case received; else null.</summary>
    public string? Multipart { get; private set; }

    /// <summary>The boundary of a multipart, without the leading hyphens; else null.</summary>
    public string? Boundary { get; private set; }

    /// <summary>The parts of a multipart, in order.</summary>
    public IReadOnlyList<MimeNode> Children => _children ?? (IReadOnlyList<MimeNode>)[];

    /// <summary>The message inside a message/rfc822 part, where WildDuck looks into it.</summary>
    public MimeNode? Message { get; internal set; }

    /// <summary>Where the body lies in the received bytes. Of a multipart: what stands before and after its parts.</summary>
    public BodyExtent Body { get; } = new();

    /// <summary>Line breaks in the body.</summary>
    public int LineCount => Math.Max(Body.Lines - 1, 0);

    /// <summary>Size of the body in bytes, as encoded, with CRLF line ends.</summary>
    public int Size => checked((int)Body.Length);

    /// <summary>The number of the body in attachment storage (ATT00001 …), or null when the body stays in the tree.</summary>
    public string? AttachmentId { get; internal set; }

    /// <summary>The body with CRLF line ends; empty when it went to attachment storage. Valid as long as the message is.</summary>
    public ReadOnlyMemory<byte> Content => _bodies is null ? default : _bodies.Slice(_contentStart, Size);

    /// <summary>How many documents and arrays enclose this node in the stored document, itself included.</summary>
    internal int Level { get; }

    /// <summary>The bytes of the header without the breaks between its fields, once it is complete.</summary>
    internal int HeaderBytes => _headerBytes;

    /// <summary>The digest of the body, known when the node was recognised as an attachment while it came in.</summary>
    internal byte[]? BodySha256 { get; set; }

    /// <summary>The shape of a base64 body; null for other encodings and where it was not looked at.</summary>
    internal Base64Shape? Base64Shape { get; set; }

    /// <summary>Appends the text of the last header field of a name, unfolded, if there is one.</summary>
    internal void AppendLast(string name, TextBuffer text)
    {
        if (_parsedHeader is not null || Header.Count > MaxSearched)
        {
            ParsedHeader.AppendLast(name, text);
            return;
        }

        for (var index = _fieldCount - 1; index >= 0; index--)
        {
            if (Header[index].HasName(name))
            {
                HeaderText.AppendUnfolded(Header[index].Value, text);
                return;
            }
        }
    }

    /// <summary>The body was read into a buffer, from a position on.</summary>
    internal void SetContent(ByteBuffer bodies, int start) => (_bodies, _contentStart) = (bodies, start);

    internal void AddChild(MimeNode child) => (_children ??= new List<MimeNode>(2)).Add(child);

    /// <summary>The empty line that ends the header, or the end of the message, was reached.</summary>
    internal void EndHeader()
    {
        _fieldCount = _headers.Count - _firstField;
        _headerBytes += _headers.Length;
        var fields = new ContentFields(Header);
        ContentType = fields.ContentType;
        ContentDisposition = fields.Disposition;
        ContentTransferEncoding = fields.TransferEncoding;
        if (ContentType.Type == "multipart" && ContentType.Parameters.TryGetValue("boundary", out var boundary) && boundary.Length > 0)
        {
            Multipart = ContentType.Subtype;
            Boundary = boundary;
        }
    }
}
