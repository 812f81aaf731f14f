using System.Text;

using Lmtp.Server.Mime.Html;

namespace Lmtp.Server.Mime;

/// <summary>Cuts the text and HTML of a message to what is stored.</summary>
internal static class StoredText
{
    // The first piece is in the full-text index.
    private const int MaxIndexedText = 1024;
    private const int MaxText = 100 * 1024;
    private const int MaxHtml = 640 * 1024;

    /// <summary>Fills in the text fields of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="text">The whole plain text.</param>
    /// <param name="html">The HTML parts that are not blank.</param>
    public static void Describe(IndexedMessage message, string text, IEnumerable<string> html)
    {
        message.PlainText = text;
        if (text.Length > 0)
        {
            var stored = Whitespace.Trim(text.Replace("\r\n", "\n", StringComparison.Ordinal));
            message.Text = stored[..Math.Min(stored.Length, MaxIndexedText)];
            message.TextFooter = stored.Length > MaxIndexedText ? stored[MaxIndexedText..Math.Min(stored.Length, MaxText)] : null;
            message.Intro = MessagePreview.Create(message.Text);
        }

        message.Html = Cut(html, out var hasHtml);
        if (hasHtml && HtmlToText.Convert(string.Concat(message.Html)) is { } htmlText)
        {
            message.Intro = MessagePreview.Create(htmlText);
        }
    }

    private static List<string> Cut(IEnumerable<string> html, out bool any)
    {
        any = false;
        var stored = new List<string>();
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
