using System.Globalization;

namespace Lmtp.Server.Mime;

/// <summary>
/// Makes of the finished tree what the message document holds beside it: text and HTML, the attachments, the values
/// for IMAP and searches.
/// </summary>
internal sealed class MessageEvaluator(IndexedMessage message, MessageIndexerOptions options, Func<uint> randomName)
{
    private readonly TextParts _texts = new(message.Memory);
    private List<MessageAttachment>? _attachments;
    private long _attachmentBytes;
    private Dictionary<string, string>? _contentIds;

    public async ValueTask EvaluateAsync(CancellationToken cancellationToken)
    {
        await WalkAsync(message.Root, isAlternative: false, isRelated: false, cancellationToken).ConfigureAwait(false);
        if (message.Fault == MessageFault.None && SizeInTree(message.Root) > options.MaxDocumentBytes)
        {
            message.Fault = MessageFault.TooLarge;
        }

        if (message.Fault != MessageFault.None)
        {
            return;
        }

        await LoadBodiesAsync(message.Root, cancellationToken).ConfigureAwait(false);
        if (_attachments is not null)
        {
            message.Attachments = _attachments;
        }

        DescribeHeader();
        if (message.Memory.Structure.IsFull)
        {
            message.Fault = MessageFault.TooLarge;
            return;
        }

        message.StoredText = _texts.ToStoredText(_contentIds);
    }

    private void DescribeHeader()
    {
        var header = message.Root.ParsedHeader;
        var structure = message.Memory.Structure;
        message.Envelope = new ImapValue(structure, structure.Position);
        Envelope.Write(header, structure);
        message.BodyStructure = new ImapValue(structure, structure.Position);
        BodyStructure.Write(message.Root, structure);
        HeaderIndex.Write(message.Root.Header, message.Memory.IndexedHeaders);
        using var scratch = new ScratchText();
        header.AppendLast("date", scratch.Buffer);
        message.HeaderDate = scratch.Buffer.Length > 0 ? MessageDate.Parse(scratch.Buffer.Text) : null;
    }

    private async ValueTask WalkAsync(MimeNode node, bool isAlternative, bool isRelated, CancellationToken cancellationToken)
    {
        var mediaType = ContentKind.MediaType(node);
        isAlternative |= mediaType == "multipart/alternative";
        isRelated |= mediaType == "multipart/related";
        if (node.Size > 0 && !ContentKind.IsMultipart(mediaType))
        {
            var isInlineText = ContentKind.IsInlineText(node);
            if (isInlineText)
            {
                await TakeTextAsync(node, mediaType, isAlternative, cancellationToken).ConfigureAwait(false);
            }

            if (!isInlineText || node.Size > options.MaxInlineTextBytes)
            {
                await AddAttachmentAsync(node, mediaType, isInlineText, isRelated, cancellationToken).ConfigureAwait(false);
            }
        }

        var parts = (node.Message ?? node).Children;
        for (var index = 0; index < parts.Count && message.Fault == MessageFault.None; index++)
        {
            await WalkAsync(parts[index], isAlternative, isRelated, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask TakeTextAsync(MimeNode node, string mediaType, bool isAlternative, CancellationToken cancellationToken)
    {
        var bodies = message.Memory.Bodies;
        var start = bodies.Length;
        await BodyReader.ReadHeadAsync(message.Source, node.Body, options.MaxTextBytes, bodies, cancellationToken).ConfigureAwait(false);
        var isWhole = node.Body.RawLength <= options.MaxTextBytes;
        _texts.Add(node, mediaType, bodies.Slice(start, bodies.Length - start).Span, isWhole, isAlternative);
        if (node.Size > options.MaxInlineTextBytes)
        {
            bodies.CutAt(start);
        }
        else
        {
            node.SetContent(bodies, start);
        }
    }

    private async ValueTask AddAttachmentAsync(
        MimeNode node, string mediaType, bool isInlineText, bool isRelated, CancellationToken cancellationToken)
    {
        _attachmentBytes += node.Size;
        if (_attachmentBytes > Math.Max(options.FreeAttachmentBytes, options.MaxAttachmentGrowth * message.Source.Length))
        {
            message.Fault = MessageFault.TooLarge;
            return;
        }

        _attachments ??= new List<MessageAttachment>(1);
        var id = AttachmentId.Of(_attachments.Count + 1);
        var contentId = ContentKind.ContentId(node);
        if (contentId.Length > 0)
        {
            (_contentIds ??= [])[contentId] = id;
        }

        node.AttachmentId = id;
        var transferEncoding = ContentKind.TransferEncoding(node);
        var size = node.Size;
        _attachments.Add(new MessageAttachment
        {
            Id = id,
            FileName = FileName(node, mediaType),
            ContentType = mediaType,
            Disposition = ContentKind.Disposition(node),
            TransferEncoding = transferEncoding,
            ContentId = contentId.Length == 0 ? null : $"<{contentId}>",
            IsRelated = isRelated,
            IsListed = !isInlineText,
            SizeKb = (transferEncoding == "base64" ? DecodedSize(size) + 1023 : size + 1023) / 1024,
            Size = size,
            LineCount = node.LineCount,

            // Inline text that turned out to be large was not digested while it came in.
            Sha256 = node.BodySha256 ?? await BodyReader.HashAsync(message.Source, node.Body, cancellationToken).ConfigureAwait(false),
            DecodedLineLength = transferEncoding == "base64"
                ? await Base64Storage.FindLineLengthAsync(message.Source, node, cancellationToken).ConfigureAwait(false)
                : null,
            Body = node.Body,
            Shape = node.Base64Shape,
        });
    }

    private string FileName(MimeNode node, string mediaType)
    {
        if (node.ContentDisposition is not { } disposition
            || !disposition.Parameters.TryGetValue("filename", out var name)
            || name.Length == 0)
        {
            node.ContentType.Parameters.TryGetValue("name", out name);
        }

        return string.IsNullOrEmpty(name)
            ? string.Create(CultureInfo.InvariantCulture, $"{randomName():x8}.{MediaTypes.Extension(mediaType)}")
            : Whitespace.Trim(EncodedWords.Decode(name));
    }

    /// <summary>The decoded size if lines have 76 characters.</summary>
    private static int DecodedSize(int encodedSize)
    {
        var digits = encodedSize - (encodedSize / 78 * 2);
        return ((digits * 3) + 3) / 4;
    }

    /// <summary>The size of all bodies that stay in the tree.</summary>
    private static long SizeInTree(MimeNode node)
    {
        long size = node.AttachmentId is null ? node.Size : 0;
        for (var index = 0; index < node.Children.Count; index++)
        {
            size += SizeInTree(node.Children[index]);
        }

        return node.Message is { } inner ? size + SizeInTree(inner) : size;
    }

    /// <summary>Reads what stays in the tree and has not been read yet.</summary>
    private async ValueTask LoadBodiesAsync(MimeNode node, CancellationToken cancellationToken)
    {
        if (node.AttachmentId is null && node.Size > node.Content.Length)
        {
            var bodies = message.Memory.Bodies;
            var start = bodies.Length;
            await BodyReader.ReadAsync(message.Source, node.Body, bodies, cancellationToken).ConfigureAwait(false);
            node.SetContent(bodies, start);
        }

        for (var index = 0; index < node.Children.Count; index++)
        {
            await LoadBodiesAsync(node.Children[index], cancellationToken).ConfigureAwait(false);
        }

        if (node.Message is { } inner)
        {
            await LoadBodiesAsync(inner, cancellationToken).ConfigureAwait(false);
        }
    }
}
