using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>What looks like <c>local@domain</c>, strictly and loosely.</summary>
internal static class AddressSpec
{
    private static readonly SearchValues<char> Specials = SearchValues.Create("\"(),:;<>@[\\]");

    /// <summary>One @ with something on both sides, and no white space.</summary>
    public static bool IsStrict(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        return at > 0
            && at < text.Length - 1
            && text[(at + 1)..].IndexOf('@') < 0
            && text.IndexOfAny(Whitespace.Characters) < 0;
    }

    /// <summary>Finds something like an address in free text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">Where it stands.</param>
    /// <param name="cut">What goes with it, and is to be replaced by one space.</param>
    public static bool TryFind(ReadOnlySpan<char> text, out Range address, out Range cut)
    {
        for (var start = text.IndexOf('@') < 0 ? text.Length : 0; start < text.Length;)
        {
            if (Whitespace.Is(text[start]))
            {
                start++;
                continue;
            }

            var length = text[start..].IndexOfAny(Whitespace.Characters);
            var end = length < 0 ? text.Length : start + length;
            if (TryFindInWord(text, start, end, out var from, out var to))
            {
                address = from..to;

                // White space on both sides goes with the address.
                while (from > 0 && address.Start.Value == start && Whitespace.Is(text[from - 1]))
                {
                    from--;
                }

                while (to < text.Length && address.End.Value == end && Whitespace.Is(text[to]))
                {
                    to++;
                }

                cut = from..to;
                return true;
            }

            start = end;
        }

        address = cut = default;
        return false;
    }

    /// <summary>Puts the quotes back round a local part that cannot do without them.</summary>
    public static string QuoteLocalPart(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 0)
        {
            return address;
        }

        var local = address.AsSpan(0, at);
        var isPlain = local.IndexOfAny(Specials) < 0 && local.IndexOfAny(Whitespace.Characters) < 0;
        if (!local.IsEmpty && (isPlain || QuotedStringLength(local) == local.Length))
        {
            return address;
        }

        var escaped = local.ToString().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped}\"@{address.AsSpan(at + 1)}";
    }

    /// <summary>Picks the address out of what stood in angle brackets together with other words.</summary>
    public static void Recover(ref string address, ref string text)
    {
        if (address.AsSpan().IndexOfAny(Whitespace.Characters) < 0)
        {
            return;
        }

        var quoted = QuotedStringLength(address);
        if (quoted > 0 && quoted + 1 < address.Length && address[quoted] == '@' && !Whitespace.Is(address[quoted + 1]))
        {
            var end = address.AsSpan(quoted).IndexOfAny(Whitespace.Characters);
            if (end < 0)
            {
                return;
            }

            var tail = address.AsSpan(quoted + end).TrimStart(Whitespace.Set).ToString();
            if (tail.Length > 0)
            {
                address = address[..(quoted + end)];
                text = text.Length == 0 ? tail : $"{text} {tail}";
                return;
            }
        }

        if (!address.Contains('"', StringComparison.Ordinal))
        {
            PickWord(ref address, ref text);
        }
    }

    private static void PickWord(ref string address, ref string text)
    {
        if (!TryFindWord(address, IsStrict, out var chosen)
            && !TryFindWord(address, static word => word.IndexOf('@') is > 0 and var at && at < word.Length - 1, out chosen))
        {
            return;
        }

        using var scratch = new ScratchText();
        var others = scratch.Buffer;
        others.Append(text);
        foreach (var range in address.AsSpan().SplitAny(Whitespace.Characters))
        {
            if (!range.Equals(chosen) && !address.AsSpan(range).IsEmpty)
            {
                if (others.Length > 0)
                {
                    others.Append(' ');
                }

                others.Append(address.AsSpan(range));
            }
        }

        (address, text) = (address[chosen], others.ToString());
    }

    private static bool TryFindWord(ReadOnlySpan<char> text, Func<ReadOnlySpan<char>, bool> matches, out Range found)
    {
        found = default;
        if (!text.Contains('@'))
        {
            return false;
        }

        foreach (var range in text.SplitAny(Whitespace.Characters))
        {
            if (matches(text[range]))
            {
                found = range;
                return true;
            }
        }

        return false;
    }

    /// <summary>The length of the quoted string at the beginning of a text, or 0.</summary>
    private static int QuotedStringLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '"')
        {
            return 0;
        }

        for (var index = 1; index < text.Length; index++)
        {
            if (text[index] == '\\')
            {
                index++;
            }
            else if (text[index] == '"')
            {
                return index + 1;
            }
        }

        return 0;
    }

    /// <summary>
    /// In a word: from a word boundary, some characters that are not @, an @, and anything up to the last word boundary.
    /// </summary>
    private static bool TryFindInWord(ReadOnlySpan<char> text, int start, int end, out int from, out int to)
    {
        from = to = 0;
        var at = IndexOfAt(text, start, end);
        if (at < 0)
        {
            return false;
        }

        var last = end;
        while (last > start && !IsBoundary(text, last))
        {
            last--;
        }

        for (var atom = start; at >= 0 && last > at + 1; at = IndexOfAt(text, atom, end))
        {
            for (var candidate = atom; candidate < at; candidate++)
            {
                if (IsBoundary(text, candidate))
                {
                    from = candidate;
                    to = last;
                    return true;
                }
            }

            atom = at + 1;
        }

        return false;
    }

    private static int IndexOfAt(ReadOnlySpan<char> text, int start, int end)
    {
        var at = text[start..end].IndexOf('@');
        return at < 0 ? at : start + at;
    }

    private static bool IsBoundary(ReadOnlySpan<char> text, int position) =>
        IsWord(text, position - 1) != IsWord(text, position);

    private static bool IsWord(ReadOnlySpan<char> text, int position) =>
        position >= 0 && position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_');
}
