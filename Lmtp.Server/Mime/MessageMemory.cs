namespace Lmtp.Server.Mime;

/// <summary>
/// What the results of indexing one message stand in. All of it goes back to pools when the message is disposed of.
/// </summary>
internal sealed class MessageMemory(HeaderCollector headers) : IDisposable
{
    /// <summary>The header fields of all nodes.</summary>
    public HeaderCollector Headers { get; } = headers;

    /// <summary>The bodies that stay in the tree.</summary>
    public ByteBuffer Bodies { get; } = new();

    /// <summary>The text parts, decoded.</summary>
    public TextBuffer Parts { get; } = new();

    /// <summary>The plain text of more than one part, joined.</summary>
    public TextBuffer Joined { get; } = new();

    /// <summary>The texts that are stored beside the tree.</summary>
    public TextBuffer Stored { get; } = new();

    /// <summary>ENVELOPE and BODYSTRUCTURE.</summary>
    public ImapStructure Structure { get; } = new();

    /// <summary>The headers that are searched and filtered by.</summary>
    public IndexedHeaderList IndexedHeaders { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Headers.Dispose();
        Bodies.Dispose();
        Parts.Dispose();
        Joined.Dispose();
        Stored.Dispose();
        Structure.Dispose();
        IndexedHeaders.Dispose();
    }
}
