using System.Text;

using Lmtp.Server.Mime.Html;

namespace Lmtp.Server.Mime;

/// <summary>Cuts the text and HTML of a message to what is stored.</summary>
internal static class StoredText
{
    /// <summary>How much HTML is stored, in bytes of UTF-8, give or take a part.</summary>
    public const int MaxHtml = 640 * 1024;

    // The first piece is in the full-text index.
    private const int MaxIndexedText = 1024;
    private const int MaxText = 100 * 1024;

    /// <summary>Fills in the text fields of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="text">The whole plain text, without white space around it.</param>
    /// <param name="html">The HTML parts that are not blank.</param>
    public static void Describe(IndexedMessage message, string text, IEnumerable<string> html)
    {
        message.PlainText = text;
        if (text.Length > 0)
        {
            using var stored = WithLineFeeds(text);
            message.Text = stored.Text[..Math.Min(stored.Length, MaxIndexedText)].ToString();
            message.TextFooter = stored.Length > MaxIndexedText ? stored.Text[MaxIndexedText..Math.Min(stored.Length, MaxText)].ToString() : null;
        }

        message.Html = Cut(html, out var hasHtml);
        if (hasHtml && HtmlToText.Convert(string.Concat(message.Html), MessagePreview.MaxTextLength) is { } htmlText)
        {
            message.Intro = MessagePreview.Create(htmlText);
        }
        else if (message.Text is not null)
        {
            message.Intro = MessagePreview.Create(message.Text);
        }
    }

    /// <summary>As much of the text as is stored, with LF line ends.</summary>
    private static TextBuffer WithLineFeeds(ReadOnlySpan<char> text)
    {
        var stored = new TextBuffer(Math.Min(text.Length, MaxText));
        while (stored.Length < MaxText)
        {
            var lineBreak = text.IndexOf("\r\n");
            if (lineBreak < 0)
            {
                stored.Append(text[..Math.Min(text.Length, MaxText)]);
                break;
            }

            stored.Append(text[..Math.Min(lineBreak, MaxText)]);
            stored.Append('\n');
            text = text[(lineBreak + 2)..];
        }

        return stored;
    }

    private static List<string> Cut(IEnumerable<string> html, out bool any)
    {
        any = false;
        var stored = new List<string>(1);
        var size = 0;
        foreach (var part in html)
        {
            any = true;
            if (size >= MaxHtml)
            {
                break;
            }

            var bytes = Encoding.UTF8.GetByteCount(part);
            var kept = size + bytes <= MaxHtml ? part : part[..Math.Min(part.Length, MaxHtml)];
            size += kept.Length == part.Length ? bytes : Encoding.UTF8.GetByteCount(kept);
            stored.Add(kept);
        }

        return stored;
    }
}
