using System.Buffers;
using System.Collections;

namespace Lmtp.Server.Mime;

/// <summary>
/// The bodies of one message that go to attachment storage. They stand in memory that goes back to a pool; objects are made
/// of them once, when somebody asks.
/// </summary>
/// <param name="tree">The nodes.</param>
/// <param name="texts">Receives the file names.</param>
internal sealed class AttachmentList(MimeTree tree, TextBuffer texts) : IReadOnlyList<MessageAttachment>, IDisposable
{
    private const int FirstEntries = 8;

    private AttachmentRecord[] _records = [];
    private MessageAttachment[]? _attachments;

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>Receives the file names.</summary>
    public TextBuffer Texts => texts;

    /// <inheritdoc/>
    public MessageAttachment this[int index] => (_attachments ??= Create())[index];

    /// <summary>Adds an attachment, the number of which in its node is its position here, from 1.</summary>
    public void Add(in AttachmentRecord record)
    {
        if (Count == _records.Length)
        {
            var grown = ArrayPool<AttachmentRecord>.Shared.Rent(Math.Max(FirstEntries, Count * 2));
            Records.CopyTo(grown);
            Return();
            _records = grown;
        }

        _records[Count++] = record;
    }

    /// <summary>What is held of each of them.</summary>
    public ReadOnlySpan<AttachmentRecord> Records => _records.AsSpan(0, Count);

    /// <summary>A file name.</summary>
    public ReadOnlySpan<char> FileName(in AttachmentRecord record) => texts[record.FileName];

    /// <summary>The approximate decoded size in units of 1,024 bytes, rounded up.</summary>
    public static int SizeKb(MimeNode node) =>
        ((ContentKind.IsBase64(node) ? DecodedSize(node.Size) : node.Size) + 1023) / 1024;

    /// <inheritdoc/>
    public IEnumerator<MessageAttachment> GetEnumerator() => (_attachments ??= Create()).AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        (_records, Count) = ([], 0);
    }

    /// <summary>The decoded size if lines have 76 characters.</summary>
    private static int DecodedSize(int encodedSize)
    {
        var digits = encodedSize - (encodedSize / 78 * 2);
        return ((digits * 3) + 3) / 4;
    }

    private MessageAttachment[] Create()
    {
        var attachments = new MessageAttachment[Count];
        for (var index = 0; index < attachments.Length; index++)
        {
            attachments[index] = Create(_records[index]);
        }

        return attachments;
    }

    private MessageAttachment Create(in AttachmentRecord record)
    {
        var node = new MimeNode(tree, record.Node);
        var contentId = ContentKind.ContentId(node);
        return new MessageAttachment
        {
            Id = node.AttachmentId!,
            FileName = KnownTexts.Get(FileName(record)),
            ContentType = ContentKind.MediaType(node),
            Disposition = ContentKind.Disposition(node),
            TransferEncoding = ContentKind.TransferEncoding(node),
            ContentId = contentId.Length == 0 ? null : $"<{contentId}>",
            IsRelated = record.IsRelated,
            IsListed = record.IsListed,
            SizeKb = SizeKb(node),
            Size = node.Size,
            LineCount = node.LineCount,
            Sha256 = ((ReadOnlySpan<byte>)node.Record.Sha256).ToArray(),
            DecodedLineLength = record.DecodedLineLength,
            Body = node.Body,
            IsCanonical = node.Record.IsCanonicalBase64,
        };
    }

    private void Return()
    {
        if (_records.Length > 0)
        {
            ArrayPool<AttachmentRecord>.Shared.Return(_records);
        }
    }
}
