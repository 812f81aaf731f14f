namespace Lmtp.Server.Mime;

/// <summary>Subjects as they are stored, and as threads are found by.</summary>
internal static class MessageSubject
{
    /// <summary>Collapses white space.</summary>
    public static string Normalize(string subject)
    {
        using var collapsed = new TextBuffer(subject.Length);
        CollapseSpaces(subject, collapsed);
        return collapsed.ToString();
    }

    /// <summary>
    /// Collapses white space and takes off reply prefixes, list tags and "(fwd)" until none is left.
    /// </summary>
    public static string Strip(string subject)
    {
        using var collapsed = new TextBuffer(subject.Length);
        CollapseSpaces(subject, collapsed);
        var rest = collapsed.Text;
        var untagged = -1;
        while (true)
        {
            var prefix = PrefixLength(rest);
            if (prefix == 0 && rest.Length != untagged)
            {
                prefix = TagLength(rest);
            }

            var stripped = WithoutForwardMark(rest[prefix..], out var marked);
            if (prefix == 0)
            {
                if (!marked)
                {
                    return rest.ToString();
                }

                // There was no tag to take off, and there is none in what is shorter at the end.
                stripped = Whitespace.Trim(stripped);
                untagged = stripped.Length;
                rest = stripped;
                continue;
            }

            rest = Whitespace.Trim(stripped);
        }
    }

    /// <summary>The words of a text with one space between them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="collapsed">Receives the words.</param>
    /// <param name="enough">How many characters are wanted; what would stand behind them may be left out.</param>
    internal static void CollapseSpaces(ReadOnlySpan<char> text, TextBuffer collapsed, int enough = int.MaxValue)
    {
        var start = collapsed.Length;
        var pendingSpace = false;
        foreach (var character in text)
        {
            if (Whitespace.Is(character))
            {
                pendingSpace = collapsed.Length > start;
                continue;
            }

            if (collapsed.Length - start >= enough)
            {
                break;
            }

            if (pendingSpace)
            {
                collapsed.Append(' ');
                pendingSpace = false;
            }

            collapsed.Append(character);
        }
    }

    /// <summary>The length of "re:", "fw:" or "fwd:", with any white space before the colon.</summary>
    private static int PrefixLength(ReadOnlySpan<char> subject)
    {
        foreach (var word in (ReadOnlySpan<string>)["re", "fwd", "fw"])
        {
            if (!subject.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var colon = word.Length;
            while (colon < subject.Length && Whitespace.Is(subject[colon]))
            {
                colon++;
            }

            if (colon < subject.Length && subject[colon] == ':')
            {
                return colon + 1;
            }
        }

        return 0;
    }

    /// <summary>The length of a tag in brackets that white space and something more follow.</summary>
    private static int TagLength(ReadOnlySpan<char> subject)
    {
        if (subject.IsEmpty || subject[0] != '[')
        {
            return 0;
        }

        for (var end = 2; end < subject.Length - 2; end++)
        {
            if (subject[end] == ']' && Whitespace.Is(subject[end + 1]))
            {
                return end + 1;
            }
        }

        return 0;
    }

    private static ReadOnlySpan<char> WithoutForwardMark(ReadOnlySpan<char> subject, out bool marked)
    {
        const string Mark = "(fwd)";
        var end = subject.TrimEnd(Whitespace.Set);
        marked = end.EndsWith(Mark, StringComparison.OrdinalIgnoreCase);
        return marked ? end[..^Mark.Length].TrimEnd(Whitespace.Set) : subject;
    }
}
