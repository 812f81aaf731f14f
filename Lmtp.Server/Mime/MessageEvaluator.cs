using System.Globalization;

using Lmtp.Server.Mime.Html;

namespace Lmtp.Server.Mime;

/// <summary>
/// Makes of the finished tree what the message document holds beside it: text and HTML, the attachments, the values
/// for IMAP, threads and searches.
/// </summary>
internal sealed class MessageEvaluator(IndexedMessage message, MessageIndexerOptions options, Func<uint> randomName)
{
    // Larger HTML is not turned into text.
    private const int MaxHtmlToConvert = 2 * 1024 * 1024;

    private readonly List<MessageAttachment> _attachments = [];
    private readonly Dictionary<string, string> _contentIds = [];
    private readonly List<string> _text = [];
    private readonly List<HtmlPart> _html = [];

    public async ValueTask EvaluateAsync(CancellationToken cancellationToken)
    {
        await WalkAsync(message.Root, isAlternative: false, isRelated: false, cancellationToken).ConfigureAwait(false);
        if (!await TryLoadBodiesAsync(cancellationToken).ConfigureAwait(false))
        {
            message.Fault = MessageFault.TooLarge;
            return;
        }

        message.Attachments = _attachments;
        DescribeHeader();
        DescribeText();
    }

    private void DescribeHeader()
    {
        var header = message.Root.ParsedHeader;
        message.Envelope = Envelope.Create(header);
        message.BodyStructure = BodyStructure.Create(message.Root);
        message.MessageId = header.Last("message-id") is { Length: > 0 } id ? id : null;
        message.HeaderDate = header.Last("date") is { Length: > 0 } date ? MessageDate.Parse(date) : null;
        var subject = EncodedWords.Decode(Whitespace.Trim(header.Last("subject") ?? ""));
        message.Subject = MessageSubject.Normalize(subject);
        message.ThreadSubject = MessageSubject.Strip(subject);
        message.ThreadIds = ThreadReferences.Create(header);
    }

    private void DescribeText()
    {
        var text = _text
            .Where(static part => !Whitespace.Trim(part.AsSpan()).IsEmpty)
            .Select(part => ContentLinks.Replace(part, _contentIds));
        StoredText.Describe(message, Whitespace.Trim(string.Join('\n', text)), HtmlParts());
    }

    private IEnumerable<string> HtmlParts()
    {
        foreach (var (content, isPlainText) in _html)
        {
            if (isPlainText)
            {
                // A replaced link may make the HTML shorter, so that what is stored may come from farther behind.
                var enough = _contentIds.Count == 0 ? StoredText.MaxHtml : int.MaxValue;
                yield return ContentLinks.Replace(HtmlEncoder.FromText(content, enough), _contentIds);
            }
            else if (!Whitespace.Trim(content.AsSpan()).IsEmpty)
            {
                yield return ContentLinks.Replace(content, _contentIds);
            }
        }
    }

    private async ValueTask WalkAsync(MimeNode node, bool isAlternative, bool isRelated, CancellationToken cancellationToken)
    {
        var mediaType = ContentKind.MediaType(node);
        isAlternative |= mediaType == "multipart/alternative";
        isRelated |= mediaType == "multipart/related";
        var isInlineText = ContentKind.IsInlineText(node);
        if (node.Size > 0 && !ContentKind.IsMultipart(mediaType))
        {
            var isExternal = !isInlineText || node.Size > options.MaxInlineTextBytes;
            if (isInlineText)
            {
                node.Content = await BodyReader.ReadHeadAsync(message.Source, node.Body, options.MaxTextBytes, cancellationToken).ConfigureAwait(false);
                TakeText(node, mediaType, isAlternative);
            }

            if (isExternal)
            {
                AddAttachment(node, mediaType, isInlineText, isRelated);
                await CompleteAttachmentAsync(node, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var child in (node.Message ?? node).Children)
        {
            await WalkAsync(child, isAlternative, isRelated, cancellationToken).ConfigureAwait(false);
        }
    }

    private void TakeText(MimeNode node, string mediaType, bool isAlternative)
    {
        var content = InlineText.Decode(node);
        if (mediaType == "text/html")
        {
            _html.Add(new HtmlPart(Whitespace.Trim(content), IsPlainText: false));
            if (!isAlternative && content.Length is > 0 and < MaxHtmlToConvert
                && node.Body.RawLength <= options.MaxTextBytes && HtmlToText.Convert(content) is { } text)
            {
                _text.Add(Whitespace.Trim(text));
            }
        }
        else
        {
            _text.Add(Whitespace.Trim(content));
            if (!isAlternative)
            {
                _html.Add(new HtmlPart(content, IsPlainText: true));
            }
        }
    }

    private void AddAttachment(MimeNode node, string mediaType, bool isInlineText, bool isRelated)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"ATT{_attachments.Count + 1:00000}");
        var contentId = Whitespace.Trim((node.ParsedHeader.Last("content-id") ?? "")
            .Replace("<", "", StringComparison.Ordinal)
            .Replace(">", "", StringComparison.Ordinal));
        if (contentId.Length > 0)
        {
            _contentIds[contentId] = id;
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
            Sha256 = node.BodySha256 ?? [],
            Body = node.Body,
            Shape = node.Base64Shape,
        });
    }

    private async ValueTask CompleteAttachmentAsync(MimeNode node, CancellationToken cancellationToken)
    {
        var attachment = _attachments[^1];
        var digest = attachment.Sha256;
        if (digest.IsEmpty)
        {
            // Inline text that turned out to be large: it was not digested while it came in.
            digest = await BodyReader.HashAsync(message.Source, node.Body, cancellationToken).ConfigureAwait(false);
            node.Content = [];
        }

        int? lineLength = attachment.TransferEncoding == "base64"
            ? await Base64Storage.FindLineLengthAsync(message.Source, node, cancellationToken).ConfigureAwait(false)
            : null;
        _attachments[^1] = attachment with { Sha256 = digest, DecodedLineLength = lineLength };
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

    /// <summary>Reads what stays in the tree and has not been read yet.</summary>
    private async ValueTask<bool> TryLoadBodiesAsync(CancellationToken cancellationToken)
    {
        var nodes = new List<MimeNode>();
        Collect(message.Root, nodes);
        if (nodes.Sum(static node => (long)node.Size) > options.MaxDocumentBytes)
        {
            return false;
        }

        foreach (var node in nodes)
        {
            if (node.Content.Length == 0)
            {
                node.Content = await BodyReader.ReadAsync(message.Source, node.Body, cancellationToken).ConfigureAwait(false);
            }
        }

        return true;
    }

    private static void Collect(MimeNode node, List<MimeNode> nodes)
    {
        if (node.AttachmentId is null && node.Size > 0)
        {
            nodes.Add(node);
        }

        foreach (var child in node.Children)
        {
            Collect(child, nodes);
        }

        if (node.Message is { } inner)
        {
            Collect(inner, nodes);
        }
    }

    /// <summary>What goes into the HTML of a message: HTML, or plain text to be made HTML of.</summary>
    private readonly record struct HtmlPart(string Content, bool IsPlainText);
}
