namespace Lmtp.Server.Mime.Html;

/// <summary>Skips comments, declarations, character data and processing instructions.</summary>
internal static class HtmlComment
{
    private const string CharacterData = "[CDATA[";

    /// <summary>Skips what begins with <c>&lt;!</c> or <c>&lt;?</c>; returns the position behind it.</summary>
    public static int Skip(ReadOnlySpan<char> html, int start, HtmlDocument document)
    {
        var text = start + 2;
        if (html[start + 1] == '?')
        {
            return SkipToBracket(html, text, text, document);
        }

        var rest = html[text..];
        if (rest.IsEmpty)
        {
            return text;
        }

        if (rest.StartsWith(CharacterData))
        {
            return SkipUntil("]]>", html, text + CharacterData.Length, 0, document);
        }

        if (rest.StartsWith("--"))
        {
            return SkipUntil("-->", html, text + 2, 2, document);
        }

        // The character that tells the kind of declaration is never taken for its end.
        var decided = rest[0] switch
        {
            '[' => rest.CommonPrefixLength(CharacterData),
            '-' => 2,
            _ => 1,
        };
        return SkipToBracket(html, text, text + decided, document);
    }

    /// <summary>Skips to the next &gt;; without one, what would have been skipped is text.</summary>
    /// <param name="html">The document.</param>
    /// <param name="start">Where that text would begin.</param>
    /// <param name="from">Where to look from.</param>
    /// <param name="document">Receives what was found.</param>
    /// <returns>The position behind it.</returns>
    public static int SkipToBracket(ReadOnlySpan<char> html, int start, int from, HtmlDocument document)
    {
        var length = from < html.Length ? html[from..].IndexOf('>') : -1;
        if (length < 0)
        {
            document.Text.Append(html[Math.Min(start, html.Length)..]);
            return html.Length;
        }

        document.AddComment();
        return from + length + 1;
    }

    /// <summary>Skips up to an end; a repeated first character of the end is allowed.</summary>
    private static int SkipUntil(ReadOnlySpan<char> end, ReadOnlySpan<char> html, int start, int matched, HtmlDocument document)
    {
        for (var position = start; position < html.Length; position++)
        {
            var character = html[position];
            if (character == end[matched])
            {
                if (++matched == end.Length)
                {
                    document.AddComment();
                    return position + 1;
                }
            }
            else if (matched == 0)
            {
                var next = html[position..].IndexOf(end[0]);
                if (next < 0)
                {
                    break;
                }

                position += next;
                matched = 1;
            }
            else if (character != end[matched - 1])
            {
                matched = 0;
            }
        }

        if (start < html.Length)
        {
            document.AddComment();
        }

        return html.Length;
    }
}
