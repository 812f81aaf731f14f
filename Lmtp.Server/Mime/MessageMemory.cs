namespace Lmtp.Server.Mime;

/// <summary>
/// What the results of indexing one message stand in. All of it goes back to pools when the message is disposed of.
/// </summary>
internal sealed class MessageMemory(HeaderCollector headers) : IDisposable
{
    private TextBuffer? _joined;
    private ImapStructure? _structure;
    private IndexedHeaderList? _indexedHeaders;

    /// <summary>The header fields of all nodes.</summary>
    public HeaderCollector Headers { get; } = headers;

    /// <summary>The bodies that stay in the tree.</summary>
    public ByteBuffer Bodies { get; } = new();

    /// <summary>The text parts, decoded.</summary>
    public TextBuffer Parts { get; } = new();

    /// <summary>The plain text of more than one part, joined.</summary>
    public TextBuffer Joined => _joined ??= new TextBuffer();

    /// <summary>The texts that are stored beside the tree.</summary>
    public TextBuffer Stored { get; } = new();

    /// <summary>ENVELOPE and BODYSTRUCTURE.</summary>
    public ImapStructure Structure => _structure ??= new ImapStructure(Stored);

    /// <summary>The headers that are searched and filtered by.</summary>
    public IndexedHeaderList IndexedHeaders => _indexedHeaders ??= new IndexedHeaderList(Stored);

    /// <inheritdoc/>
    public void Dispose()
    {
        Headers.Dispose();
        Bodies.Dispose();
        Parts.Dispose();
        _joined?.Dispose();
        Stored.Dispose();
        _structure?.Dispose();
        _indexedHeaders?.Dispose();
    }
}
