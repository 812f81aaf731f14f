namespace Lmtp.Server.Mime;

/// <summary>Unfolds format=flowed text (RFC 3676).</summary>
internal static class FlowedText
{
    /// <summary>Joins the soft-broken lines and removes the space stuffing.</summary>
    /// <param name="text">The text, which does not stand in <paramref name="result"/>.</param>
    /// <param name="deleteSpace">Whether the space of a soft break is removed (delsp=yes).</param>
    /// <param name="result">Receives the text.</param>
    public static void Decode(ReadOnlySpan<char> text, bool deleteSpace, TextBuffer result)
    {
        var start = result.Length;
        var isFirst = true;
        var more = true;
        var flowing = false;
        while (more)
        {
            var lineFeed = text.IndexOf('\n');
            more = lineFeed >= 0;
            var line = more ? text[..lineFeed] : text;
            text = more ? text[(lineFeed + 1)..] : [];
            if (more && line.EndsWith('\r'))
            {
                line = line[..^1];
            }

            if (flowing)
            {
                if (deleteSpace)
                {
                    result.CutAt(result.Length - 1);
                }
            }
            else if (!isFirst)
            {
                result.Append('\n');
            }

            result.Append(line);
            isFirst = false;
            flowing = EndsSoftly(result.Tail(start));
        }

        // An empty last line leaves no break behind.
        if (result.Tail(start) is [.., '\n'])
        {
            result.CutAt(result.Length - 1);
        }

        result.CutAt(start + Unstuff(result.Tail(start)));
    }

    /// <summary>A line that ends in a space goes on, but the signature mark does not.</summary>
    private static bool EndsSoftly(ReadOnlySpan<char> text) =>
        text.EndsWith(' ') && !(text.EndsWith("-- ") && (text.Length == 3 || text[^4] == '\n'));

    /// <summary>Removes the spaces at the beginnings of lines, in place; returns the new length.</summary>
    private static int Unstuff(Span<char> text)
    {
        var length = 0;
        var atLineStart = true;
        foreach (var character in text)
        {
            if (!atLineStart || character != ' ')
            {
                text[length++] = character;
            }

            atLineStart = character is '\n' or '\r' or '\u2028' or '\u2029';
        }

        return length;
    }
}
