using System.Globalization;

namespace Lmtp.Server.Mime;

/// <summary>
/// Makes of the finished tree what the message document holds beside it: text and HTML, the attachments, the values
/// for IMAP and searches.
/// </summary>
internal sealed class MessageEvaluator(IndexedMessage message, MessageIndexerOptions options, Func<uint> randomName)
{
    private readonly TextParts _texts = new(message.Memory);
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
        DescribeHeader();
        if (message.Memory.Structure.IsFull || message.Memory.Tree.Addresses.IsFull)
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
        Envelope.Write(header, message.Memory.Tree.Addresses, structure);
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

        foreach (var part in (node.Message ?? node).Children)
        {
            if (message.Fault != MessageFault.None)
            {
                return;
            }

            await WalkAsync(part, isAlternative, isRelated, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask TakeTextAsync(MimeNode node, string mediaType, bool isAlternative, CancellationToken cancellationToken)
    {
        var bodies = message.Memory.Tree.Bodies;
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
            node.SetContent(start);
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

        var attachments = message.Memory.Attachments;
        var number = attachments.Count + 1;
        var contentId = ContentKind.ContentId(node);
        if (contentId.Length > 0)
        {
            (_contentIds ??= [])[contentId] = AttachmentId.Of(number);
        }

        node.Record.Attachment = number;
        if (!node.Record.IsDigested)
        {
            // Inline text that turned out to be large was not digested while it came in.
            var digest = await BodyReader.HashAsync(message.Source, node.Body, cancellationToken).ConfigureAwait(false);
            digest.CopyTo(node.Record.Sha256);
            node.Record.IsDigested = true;
        }

        attachments.Add(new AttachmentRecord(
            node.Number,
            AppendFileName(node, mediaType, attachments.Texts),
            isRelated,
            IsListed: !isInlineText,
            ContentKind.IsBase64(node)
                ? await Base64Storage.FindLineLengthAsync(message.Source, node, cancellationToken).ConfigureAwait(false)
                : null));
    }

    private TextRange AppendFileName(MimeNode node, string mediaType, TextBuffer names)
    {
        if (node.ContentDisposition is not { } disposition
            || !disposition.Parameters.TryGetText("filename", out var name)
            || name.IsEmpty)
        {
            node.ContentType.Parameters.TryGetText("name", out name);
        }

        var start = names.Length;
        if (!name.IsEmpty)
        {
            EncodedWords.Decode(name, names);
            return names.Trim(names.Since(start));
        }

        Span<char> random = stackalloc char[8];
        randomName().TryFormat(random, out _, "x8", CultureInfo.InvariantCulture);
        names.Append(random);
        names.Append('.');
        names.Append(MediaTypes.Extension(mediaType));
        return names.Since(start);
    }

    /// <summary>The size of all bodies that stay in the tree.</summary>
    private static long SizeInTree(MimeNode node)
    {
        long size = node.IsAttached ? 0 : node.Size;
        foreach (var part in node.Children)
        {
            size += SizeInTree(part);
        }

        return node.Message is { } inner ? size + SizeInTree(inner) : size;
    }

    /// <summary>Reads what stays in the tree and has not been read yet.</summary>
    private async ValueTask LoadBodiesAsync(MimeNode node, CancellationToken cancellationToken)
    {
        if (!node.IsAttached && node.Size > node.Content.Length)
        {
            var bodies = message.Memory.Tree.Bodies;
            var start = bodies.Length;
            await BodyReader.ReadAsync(message.Source, node.Body, bodies, cancellationToken).ConfigureAwait(false);
            node.SetContent(start);
        }

        foreach (var part in node.Children)
        {
            await LoadBodiesAsync(part, cancellationToken).ConfigureAwait(false);
        }

        if (node.Message is { } inner)
        {
            await LoadBodiesAsync(inner, cancellationToken).ConfigureAwait(false);
        }
    }
}
