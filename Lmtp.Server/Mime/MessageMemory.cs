namespace Lmtp.Server.Mime;

/// <summary>
/// What the results of indexing one message stand in. All of it goes back to pools when the message is disposed of.
/// </summary>
internal sealed class MessageMemory(MimeTree tree) : IDisposable
{
    private TextBuffer? _joined;
    private ImapStructure? _structure;
    private AttachmentList? _attachments;
    private IndexedHeaderList? _indexedHeaders;

    /// <summary>The nodes, their header fields and the bodies that stay in the tree.</summary>
    public MimeTree Tree { get; } = tree;

    /// <summary>The text parts, decoded.</summary>
    public TextBuffer Parts { get; } = new();

    /// <summary>The plain text of more than one part, joined.</summary>
    public TextBuffer Joined => _joined ??= new TextBuffer();

    /// <summary>The texts that are stored beside the tree.</summary>
    public TextBuffer Stored { get; } = new();

    /// <summary>ENVELOPE and BODYSTRUCTURE.</summary>
    public ImapStructure Structure => _structure ??= new ImapStructure(Stored);

    /// <summary>The bodies that go to attachment storage.</summary>
    public AttachmentList Attachments => _attachments ??= new AttachmentList(Tree, Stored);

    /// <summary>Whether there are any.</summary>
    public bool HasAttachments => _attachments is not null;

    /// <summary>The headers that are searched and filtered by.</summary>
    public IndexedHeaderList IndexedHeaders => _indexedHeaders ??= new IndexedHeaderList(Stored);

    /// <inheritdoc/>
    public void Dispose()
    {
        Tree.Dispose();
        _attachments?.Dispose();
        Parts.Dispose();
        _joined?.Dispose();
        Stored.Dispose();
        _structure?.Dispose();
        _indexedHeaders?.Dispose();
    }
}
