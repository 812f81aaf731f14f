namespace Lmtp.Server.Mime;

/// <summary>Makes the short preview that message lists show.</summary>
internal static class MessagePreview
{
    /// <summary>How much of the text is looked at, in UTF-16 units.</summary>
    public const int MaxTextLength = 2048;

    private const int MaxLength = 128;

    /// <summary>
    /// Leaves out bracketed text, quoted lines and lines of one repeated character, collapses white space and cuts at
    /// a word.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="preview">Receives the preview.</param>
    public static void Create(ReadOnlySpan<char> text, TextBuffer preview)
    {
        using var visible = new ScratchText();
        using var lines = new ScratchText();
        AppendWithoutBrackets(text[..Math.Min(text.Length, MaxTextLength)], visible.Buffer);
        var kept = lines.Buffer;
        var rest = visible.Buffer.Text;
        while (true)
        {
            var end = rest.IndexOfAny("\n\r\u2028\u2029");
            var line = end < 0 ? rest : rest[..end];
            if (!line.StartsWith('>') && !IsRepetition(Whitespace.Trim(line)))
            {
                kept.Append(line);
                kept.Append(' ');
            }

            if (end < 0)
            {
                var start = preview.Length;
                MessageSubject.CollapseSpaces(kept.Text, preview, MaxLength + 1);
                Shorten(preview, start);
                return;
            }

            rest = rest[(end + 1)..];
        }
    }

    private static void AppendWithoutBrackets(ReadOnlySpan<char> text, TextBuffer kept)
    {
        while (true)
        {
            var open = text.IndexOf('[');
            var length = open < 0 ? -1 : text[open..].IndexOf(']');
            if (length < 0)
            {
                kept.Append(text);
                return;
            }

            kept.Append(text[..open]);
            kept.Append(' ');
            text = text[(open + length + 1)..];
        }
    }

    private static bool IsRepetition(ReadOnlySpan<char> line) => line.Length > 1 && !line.ContainsAnyExcept(line[0]);

    private static void Shorten(TextBuffer preview, int start)
    {
        if (preview.Length - start <= MaxLength)
        {
            return;
        }

        var space = preview.Tail(start)[..MaxLength].LastIndexOf(' ');
        preview.CutAt(start + (space > 0 ? space : MaxLength));
        preview.Append('\u2026');
    }
}
