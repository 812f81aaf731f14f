namespace Lmtp.Server.Mime.Html;

/// <summary>
/// Makes plain text of HTML for previews and searches: lines of 80 characters, links in brackets, lists with bullets.
/// </summary>
internal static class HtmlToText
{
    // Longer input is cut without a word.
    private const int MaxInput = 1 << 24;

    /// <summary>Converts HTML.</summary>
    /// <param name="html">The mark-up.</param>
    /// <param name="enough">How many characters of text are wanted; those behind them may be missing.</param>
    /// <returns>The text, or null for mark-up so deep or inflating that the conversion is given up.</returns>
    public static string? Convert(string html, int enough = int.MaxValue)
    {
        using var document = HtmlDocument.Parse(html.AsSpan(0, Math.Min(html.Length, MaxInput)));
        using var writer = new TextWriter(document, html.Length, enough);
        var hasBody = false;
        for (var index = 0; index < document.Count; index++)
        {
            // Only the outermost body elements are written; there may be several.
            var isBody = document[index] is { Kind: HtmlNodeKind.Element, Tag: HtmlTag.Body };
            if (isBody && !writer.TryWrite(index, document[index].End))
            {
                return null;
            }

            hasBody |= isBody;
            if (isBody || document[index].Kind == HtmlNodeKind.Hidden)
            {
                index = document[index].End - 1;
            }
        }

        return hasBody || writer.TryWrite(0, document.Count) ? writer.ToString() : null;
    }
}
