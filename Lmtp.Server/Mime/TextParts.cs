using Lmtp.Server.Mime.Html;

namespace Lmtp.Server.Mime;

/// <summary>Gathers the parts of a message that are shown as text, and makes one text and HTML of them.</summary>
internal sealed class TextParts(MessageMemory memory)
{
    // Larger HTML is not turned into text.
    private const int MaxHtmlToConvert = 2 * 1024 * 1024;

    private readonly List<Part> _parts = new(1);

    /// <summary>Takes a part.</summary>
    /// <param name="node">The part.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="content">Its body, or the beginning of a large one.</param>
    /// <param name="isWhole">Whether that is the whole body.</param>
    /// <param name="isAlternative">Whether the message has the same in another form.</param>
    public void Add(MimeNode node, string mediaType, ReadOnlySpan<byte> content, bool isWhole, bool isAlternative)
    {
        var texts = memory.Parts;
        var start = texts.Length;
        InlineText.Decode(node, content, texts);
        var decoded = texts.Since(start);
        if (mediaType != "text/html")
        {
            _parts.Add(new Part(texts.Trim(decoded), isAlternative ? null : decoded, IsPlainText: true));
            return;
        }

        var isConverted = !isAlternative
            && decoded.Length is > 0 and < MaxHtmlToConvert
            && isWhole
            && HtmlToText.TryConvert(texts[decoded], texts);
        _parts.Add(new Part(
            isConverted ? texts.Trim(texts.Since(decoded.End)) : null, texts.Trim(decoded), IsPlainText: false));
    }

    /// <summary>Makes of all parts what is stored.</summary>
    /// <param name="contentIds">Attachment numbers by content id; null when there are none.</param>
    public StoredText ToStoredText(Dictionary<string, string>? contentIds)
    {
        var stored = new StoredText(Join(contentIds), memory.Stored);
        foreach (var part in _parts)
        {
            if (!stored.WantsHtml)
            {
                break;
            }

            if (part.Html is { } html && TryAppendHtml(html, part.IsPlainText, contentIds))
            {
                stored.AddHtml();
            }
        }

        stored.MakeIntro();
        return stored;
    }

    private TextSlice Join(Dictionary<string, string>? contentIds)
    {
        TextRange? only = null;
        var joined = memory.Joined;
        foreach (var part in _parts)
        {
            if (part.Text is not { Length: > 0 } text)
            {
                continue;
            }

            if (only is null && contentIds is null && joined.Length == 0)
            {
                only = text;
                continue;
            }

            if (only is { } first)
            {
                joined.Append(memory.Parts[first]);
                only = null;
            }

            if (joined.Length > 0)
            {
                joined.Append('\n');
            }

            ContentLinks.Replace(memory.Parts[text], contentIds, joined);
        }

        return only is { } single
            ? new TextSlice(memory.Parts, single)
            : new TextSlice(joined, joined.Trim(joined.Since(0)));
    }

    private bool TryAppendHtml(TextRange html, bool isPlainText, Dictionary<string, string>? contentIds)
    {
        var part = memory.Parts[html];
        if (!isPlainText)
        {
            ContentLinks.Replace(part, contentIds, memory.Stored);
            return !part.IsEmpty;
        }

        if (contentIds is null)
        {
            HtmlEncoder.Encode(part, memory.Stored, StoredText.MaxHtml);
            return true;
        }

        // A replaced link may make the HTML shorter, so that what is stored may come from farther behind.
        using var encoded = new TextBuffer(html.Length);
        HtmlEncoder.Encode(part, encoded);
        ContentLinks.Replace(encoded.Text, contentIds, memory.Stored);
        return true;
    }

    /// <summary>What a part gives to the text and to the HTML of the message; null for nothing.</summary>
    private readonly record struct Part(TextRange? Text, TextRange? Html, bool IsPlainText);
}
