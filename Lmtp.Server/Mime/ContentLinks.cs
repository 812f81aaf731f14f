namespace Lmtp.Server.Mime;

/// <summary>Turns <c>cid:</c> links to parts of the message into <c>attachment:</c> links.</summary>
internal static class ContentLinks
{
    private const string Scheme = "cid:";

    /// <summary>Replaces the links whose content id is known.</summary>
    /// <param name="text">Text or HTML.</param>
    /// <param name="attachments">Attachment numbers by content id without brackets; null when there are none.</param>
    /// <param name="replaced">Receives the text.</param>
    public static void Replace(ReadOnlySpan<char> text, Dictionary<string, string>? attachments, TextBuffer replaced)
    {
        var link = attachments is null ? -1 : text.IndexOf(Scheme);
        var copied = 0;
        while (link >= 0)
        {
            var id = link + Scheme.Length;
            var end = EndOfId(text, id);
            if (end == id || (link > 0 && IsWord(text[link - 1])))
            {
                link = IndexOfScheme(text, link + 1);
                continue;
            }

            if (attachments!.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[id..end], out var attachment))
            {
                replaced.Append(text[copied..link]);
                replaced.Append("attachment:");
                replaced.Append(attachment);
                copied = end;
            }

            link = IndexOfScheme(text, end);
        }

        replaced.Append(text[copied..]);
    }

    private static int IndexOfScheme(ReadOnlySpan<char> text, int from)
    {
        var link = text[from..].IndexOf(Scheme);
        return link < 0 ? link : from + link;
    }

    private static int EndOfId(ReadOnlySpan<char> text, int start)
    {
        while (start < text.Length && text[start] is not ('"' or '\'') && !Whitespace.Is(text[start]))
        {
            start++;
        }

        return start;
    }

    private static bool IsWord(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}
