using System.Buffers;

using Lmtp.Server.Mime.Html;

namespace Lmtp.Server.Mime;

/// <summary>Gathers the parts of a message that are shown as text, and makes one text and HTML of them.</summary>
internal sealed class TextParts(MessageMemory memory)
{
    private const int FirstParts = 16;

    // Larger HTML is not turned into text.
    private const int MaxHtmlToConvert = 2 * 1024 * 1024;

    private Part[] _parts = [];
    private int _count;

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
            Add(new Part(texts.Trim(decoded), isAlternative ? null : decoded, IsPlainText: true));
            return;
        }

        var isConverted = !isAlternative
            && decoded.Length is > 0 and < MaxHtmlToConvert
            && isWhole
            && HtmlToText.TryConvert(texts[decoded], texts);
        Add(new Part(
            isConverted ? texts.Trim(texts.Since(decoded.End)) : null, texts.Trim(decoded), IsPlainText: false));
    }

    /// <summary>Makes of all parts what is stored.</summary>
    /// <param name="contentIds">Attachment numbers by content id; null when there are none.</param>
    public StoredText ToStoredText(Dictionary<string, string>? contentIds)
    {
        var stored = new StoredText(Join(contentIds), memory.Stored);
        foreach (var part in _parts.AsSpan(0, _count))
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
        Return();
        return stored;
    }

    private void Add(in Part part)
    {
        if (_count == _parts.Length)
        {
            var grown = ArrayPool<Part>.Shared.Rent(Math.Max(FirstParts, _count * 2));
            _parts.AsSpan(0, _count).CopyTo(grown);
            Return();
            _parts = grown;
        }

        _parts[_count++] = part;
    }

    private void Return()
    {
        if (_parts.Length > 0)
        {
            ArrayPool<Part>.Shared.Return(_parts);
            _parts = [];
        }
    }

    private TextSlice Join(Dictionary<string, string>? contentIds)
    {
        TextRange? only = null;
        var isJoined = false;
        foreach (var part in _parts.AsSpan(0, _count))
        {
            if (part.Text is not { Length: > 0 } text)
            {
                continue;
            }

            if (only is null && contentIds is null && !isJoined)
            {
                only = text;
                continue;
            }

            if (only is { } first)
            {
                memory.Joined.Append(memory.Parts[first]);
                memory.Joined.Append('\n');
                only = null;
            }
            else if (isJoined)
            {
                memory.Joined.Append('\n');
            }

            isJoined = true;
            ContentLinks.Replace(memory.Parts[text], contentIds, memory.Joined);
        }

        return isJoined
            ? new TextSlice(memory.Joined, memory.Joined.Trim(memory.Joined.Since(0)))
            : new TextSlice(memory.Parts, only ?? default);
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
