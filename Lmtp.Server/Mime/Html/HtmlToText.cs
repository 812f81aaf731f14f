namespace Lmtp.Server.Mime.Html;

/// <summary>
/// Makes plain text of HTML for previews and searches: lines of 80 characters, links in brackets, lists with bullets.
/// </summary>
internal static class HtmlToText
{
    // Longer input is cut without a word.
    private const int MaxInput = 1 << 24;

    [ThreadStatic]
    private static TextWriter? _idle;

    /// <summary>Converts HTML.</summary>
    /// <param name="html">The mark-up.</param>
    /// <param name="text">Receives the text.</param>
    /// <param name="enough">How many characters of text are wanted; those behind them may be missing.</param>
    /// <returns>False for mark-up so deep or inflating that the conversion is given up; nothing is appended then.</returns>
    public static bool TryConvert(ReadOnlySpan<char> html, TextBuffer text, int enough = int.MaxValue)
    {
        var writer = _idle ?? new TextWriter();
        _idle = null;
        var isDone = TryConvert(html[..Math.Min(html.Length, MaxInput)], writer, enough);
        if (isDone)
        {
            text.Append(writer.Text);
        }

        if (writer.TryReset())
        {
            _idle = writer;
        }
        else
        {
            writer.Dispose();
        }

        return isDone;
    }

    private static bool TryConvert(ReadOnlySpan<char> html, TextWriter writer, int enough)
    {
        var document = writer.Document;
        document.Parse(html);
        writer.Begin(html.Length, enough);
        var hasBody = false;
        for (var index = 0; index < document.Count; index++)
        {
            // Only the outermost body elements are written; there may be several.
            var isBody = document[index] is { Kind: HtmlNodeKind.Element, Tag: HtmlTag.Body };
            if (isBody && !writer.TryWrite(index, document[index].End))
            {
                return false;
            }

            hasBody |= isBody;
            if (isBody || document[index].Kind == HtmlNodeKind.Hidden)
            {
                index = document[index].End - 1;
            }
        }

        return hasBody || writer.TryWrite(0, document.Count);
    }
}
