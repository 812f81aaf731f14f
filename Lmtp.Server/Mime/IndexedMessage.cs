namespace Lmtp.Server.Mime;

/// <summary>
/// Everything about a received message that is the same for all its recipients. When <see cref="Fault"/> is set, the
/// tree is incomplete and nothing else is filled in.
/// </summary>
public sealed class IndexedMessage : IDisposable
{
    private IReadOnlyList<string>? _threadIds;
    private string? _subject;
    private string? _threadSubject;
    private object? _derived;

    internal IndexedMessage(MimeTree tree, IMessageSource source, byte[] sha256, MessageFault fault)
    {
        Memory = new MessageMemory(tree);
        Source = source;
        Sha256 = sha256;
        Fault = fault;
    }

    /// <summary>Whether the message can be stored at all.</summary>
    public MessageFault Fault { get; internal set; }

    /// <summary>The bytes as received. Needed while attachments are stored; owned by whoever made it.</summary>
    public IMessageSource Source { get; }

    /// <summary>SHA-256 of the bytes as received.</summary>
    public ReadOnlyMemory<byte> Sha256 { get; }

    /// <summary>The top node of the MIME tree.</summary>
    public MimeNode Root => new(Memory.Tree, 0);

    /// <summary>The ENVELOPE, ten values.</summary>
    public ImapValue Envelope { get; internal set; }

    /// <summary>The BODYSTRUCTURE with extension data.</summary>
    public ImapValue BodyStructure { get; internal set; }

    /// <summary>Message-ID as found, with its brackets; null when there is none.</summary>
    public string? MessageId => Root.ParsedHeader.Last("message-id") is { Length: > 0 } id ? id : null;

    /// <summary>
    /// The Date header in milliseconds since 1970-01-01 UTC; null when it is missing or makes no sense. It may lie
    /// outside the range of <see cref="DateTime"/>.
    /// </summary>
    public long? HeaderDate { get; internal set; }

    /// <summary>The subject, decoded, white space collapsed, prefixes kept.</summary>
    public string Subject => _subject ??= MessageSubject.Normalize(DecodedSubject());

    /// <summary>The subject without reply prefixes and list tags, by which threads are found.</summary>
    public string ThreadSubject => _threadSubject ??= MessageSubject.Strip(DecodedSubject());

    /// <summary>What identifies the thread: base64 SHA-1 digests of the message ids, at most ten.</summary>
    public IReadOnlyList<string> ThreadIds => _threadIds ??= ThreadReferences.Create(Root.ParsedHeader);

    /// <summary>The headers that are searched and filtered by, without those that delivery adds.</summary>
    public IReadOnlyList<IndexedHeader> IndexedHeaders => Memory.IndexedHeaders;

    /// <summary>The whole plain text; empty when there is none.</summary>
    public string PlainText => StoredText?.PlainText ?? "";

    /// <summary>The first part of the plain text, at most 1,024 UTF-16 units; null when there is none.</summary>
    public string? Text => StoredText?.Text;

    /// <summary>The rest of the plain text, at most 101,376 UTF-16 units; null when there is none.</summary>
    public string? TextFooter => StoredText?.TextFooter;

    /// <summary>The HTML parts, at most about 640 KiB together. Untrusted.</summary>
    public IReadOnlyList<string> Html => StoredText?.Html ?? [];

    /// <summary>The preview, at most 128 UTF-16 units and an ellipsis; null when there is neither text nor HTML.</summary>
    public string? Intro => StoredText?.Intro;

    /// <summary>The bodies that go to attachment storage, in tree order, listed or not.</summary>
    public IReadOnlyList<MessageAttachment> Attachments => Memory.HasAttachments ? Memory.Attachments : [];

    internal StoredText? StoredText { get; set; }

    internal MessageMemory Memory { get; }

    /// <summary>What others make of the message for all its recipients: made once, or at the same time more than once.</summary>
    internal T Derived<T>(Func<IndexedMessage, T> create)
        where T : class =>
        _derived as T ?? (Interlocked.CompareExchange(ref _derived, create(this), null) as T ?? (T)_derived);

    /// <summary>
    /// Gives the memory back. Nothing of the message may be used any more, and nobody else may be using it; what was
    /// taken out of it as strings stays valid.
    /// </summary>
    public void Dispose() => Memory.Dispose();

    private string DecodedSubject() => EncodedWords.Decode(Whitespace.Trim(Root.ParsedHeader.Last("subject") ?? ""));
}
