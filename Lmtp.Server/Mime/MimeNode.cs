namespace Lmtp.Server.Mime;

/// <summary>
/// One node of the MIME tree: a message, a multipart or a part. A finished tree does not change any more; a node is valid as
/// long as the message is.
/// </summary>
public readonly record struct MimeNode
{
    // A part seldom has more fields, and a few are looked through faster than they are taken apart.
    private const int MaxSearched = 8;

    private readonly MimeTree _tree;

    internal MimeNode(MimeTree tree, int number) => (_tree, Number) = (tree, number);

    /// <summary>The header fields in the order received.</summary>
    public HeaderFieldList Header => new(_tree.Headers, Record.FirstField, Record.FieldCount);

    /// <summary>The header by name, values decoded as far as WildDuck decodes them.</summary>
    public ParsedHeader ParsedHeader => Record.ParsedHeader ??= new ParsedHeader(Header, ContentType, ContentDisposition);

    /// <summary>Content-Type, or text/plain when there is none.</summary>
    public ParameterizedValue ContentType => Record.ContentType;

    /// <summary>Content-Disposition, or null when there is none.</summary>
    public ParameterizedValue? ContentDisposition => Record.ContentDisposition;

    /// <summary>Content-Transfer-Encoding as received; empty when there is none.</summary>
    public string ContentTransferEncoding => Record.TransferEncoding;

    /// <summary>The subtype of a multipart that has a boundary, in the case received; else null.</summary>
    public string? Multipart => Record.IsMultipart ? Record.ContentType.Subtype : null;

    /// <summary>The boundary of a multipart, without the leading hyphens; else null.</summary>
    public string? Boundary => Record.IsMultipart ? KnownTexts.Get(BoundaryText) : null;

    /// <summary>The parts of a multipart, in order.</summary>
    public MimeNodeList Children => new(_tree, Number);

    /// <summary>The message inside a message/rfc822 part, where WildDuck looks into it.</summary>
    public MimeNode? Message => Record.Message is > 0 and var message ? new MimeNode(_tree, message) : null;

    /// <summary>Where the body lies in the received bytes. Of a multipart: what stands before and after its parts.</summary>
    public BodyExtent Body => new(_tree, Number);

    /// <summary>Line breaks in the body.</summary>
    public int LineCount => Math.Max(Record.Body.Lines - 1, 0);

    /// <summary>Size of the body in bytes, as encoded, with CRLF line ends.</summary>
    public int Size => checked((int)Body.Length);

    /// <summary>The number of the body in attachment storage (ATT00001 …), or null when the body stays in the tree.</summary>
    public string? AttachmentId => IsAttached ? Mime.AttachmentId.Of(Record.Attachment) : null;

    /// <summary>The body with CRLF line ends; empty when it went to attachment storage. Valid as long as the message is.</summary>
    public ReadOnlyMemory<byte> Content => Record.HasContent ? _tree.Bodies.Slice(Record.ContentStart, Size) : default;

    /// <summary>The addresses in the headers of the message, as far as they have been parsed.</summary>
    internal AddressTable Addresses => _tree.Addresses;

    /// <summary>The number of the node in the tree.</summary>
    internal int Number { get; }

    /// <summary>Whether the body goes to attachment storage.</summary>
    internal bool IsAttached => Record.Attachment > 0;

    /// <summary>The boundary of a multipart; empty when there is none.</summary>
    internal ReadOnlySpan<char> BoundaryText =>
        Record.IsMultipart && Record.ContentType.Parameters.TryGetText("boundary", out var boundary) ? boundary : default;

    /// <summary>What the tree holds of this node.</summary>
    internal ref NodeRecord Record => ref _tree[Number];

    /// <summary>Appends the text of the last header field of a name, unfolded, if there is one.</summary>
    internal void AppendLast(string name, TextBuffer text)
    {
        var header = Header;
        if (Record.ParsedHeader is not null || header.Count > MaxSearched)
        {
            ParsedHeader.AppendLast(name, text);
            return;
        }

        for (var index = header.Count - 1; index >= 0; index--)
        {
            var field = header[index];
            if (field.HasName(name))
            {
                HeaderText.AppendUnfolded(field.Value, text);
                return;
            }
        }
    }

    /// <summary>The body was read into the buffer of bodies, from a position on.</summary>
    internal void SetContent(int start)
    {
        Record.ContentStart = start;
        Record.HasContent = true;
    }
}
