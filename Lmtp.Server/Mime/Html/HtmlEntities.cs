using System.Collections.Frozen;
using System.Text;

namespace Lmtp.Server.Mime.Html;

/// <summary>Decodes character references (HTML Living Standard, section 13.5) in text and attribute values.</summary>
internal static class HtmlEntities
{
    private const int LongestName = 32;

    /// <summary>All names, most of them with their semicolon, and what they stand for.</summary>
    public static readonly FrozenDictionary<string, string> Values = ReadValues();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Values.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] SortedNames = [.. Values.Keys.Order(StringComparer.Ordinal)];

    // Names of which some letters may follow a reference without semicolon in an attribute, and it is decoded still.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> DecodedInAttribute =
        MimeData.Lines("html-attribute-quirks").ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    // References to the C1 controls mean what windows-1252 has in their place; 0 means what cannot be shown.
    private const string WindowsC1 =
        "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f"
        + "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

    /// <summary>Decodes all references in a piece of text.</summary>
    /// <param name="text">Text, or the value of an attribute.</param>
    /// <param name="inAttribute">Whether it is an attribute, where a reference without semicolon may be none.</param>
    /// <param name="decoded">Receives the text.</param>
    public static void Decode(ReadOnlySpan<char> text, bool inAttribute, TextBuffer decoded)
    {
        while (true)
        {
            var start = text.IndexOf('&');
            if (start < 0)
            {
                decoded.Append(text);
                return;
            }

            decoded.Append(text[..start]);
            text = text[start..];
            var length = text.Length > 1 && text[1] == '#'
                ? DecodeNumber(text, decoded)
                : DecodeName(text[1..], inAttribute, decoded);
            if (length == 0)
            {
                decoded.Append('&');
                length = 1;
            }

            text = text[length..];
        }
    }

    private static int DecodeNumber(ReadOnlySpan<char> text, TextBuffer decoded)
    {
        var isHex = text.Length > 2 && (text[2] | 0x20) == 'x';
        var start = isHex ? 3 : 2;
        var end = start;
        var value = 0;
        while (end < text.Length && (isHex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])))
        {
            var digit = char.IsAsciiDigit(text[end]) ? text[end] - '0' : (text[end] | 0x20) - 'a' + 10;
            value = Math.Min((value * (isHex ? 16 : 10)) + digit, 0x110000);
            end++;
        }

        if (end == start)
        {
            return 0;
        }

        AppendCodePoint(value, decoded);
        return end < text.Length && text[end] == ';' ? end + 1 : end;
    }

    private static void AppendCodePoint(int value, TextBuffer decoded)
    {
        if (value is >= 0x80 and < 0xA0)
        {
            decoded.Append(WindowsC1[value - 0x80]);
        }
        else if (value is 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
        {
            decoded.Append('\ufffd');
        }
        else
        {
            AppendRune(new Rune(value), decoded);
        }
    }

    private static void AppendRune(Rune rune, TextBuffer decoded)
    {
        Span<char> units = stackalloc char[2];
        decoded.Append(units[..rune.EncodeToUtf16(units)]);
    }

    /// <summary>Decodes the named reference behind an ampersand; returns its length with the ampersand, or 0.</summary>
    private static int DecodeName(ReadOnlySpan<char> text, bool inAttribute, TextBuffer decoded)
    {
        var longest = text[..Math.Min(text.Length, LongestName)];
        var semicolon = longest.IndexOf(';');
        if (semicolon > 0 && Lookup.TryGetValue(longest[..(semicolon + 1)], out var value))
        {
            decoded.Append(value);
            return semicolon + 2;
        }

        var walked = WalkedLength(longest);
        for (var length = walked; length > 1; length--)
        {
            if (Lookup.TryGetValue(longest[..length], out value))
            {
                if (inAttribute && !IsDecodedInAttribute(text, walked, length))
                {
                    return 0;
                }

                decoded.Append(value);
                return length + 1;
            }
        }

        return 0;
    }

    /// <summary>How many characters are the beginning of some name.</summary>
    private static int WalkedLength(ReadOnlySpan<char> text)
    {
        var (low, high) = (0, SortedNames.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (SortedNames[middle].AsSpan().SequenceCompareTo(text) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        // The names that share most with the text are its neighbours in the order.
        var before = low > 0 ? text.CommonPrefixLength(SortedNames[low - 1]) : 0;
        var after = low < SortedNames.Length ? text.CommonPrefixLength(SortedNames[low]) : 0;
        return Math.Max(before, after);
    }

    private static bool IsDecodedInAttribute(ReadOnlySpan<char> text, int walked, int length)
    {
        if (walked > length && DecodedInAttribute.Contains(text[..walked]))
        {
            return true;
        }

        var isName = walked == length || IsName(text[..walked]);
        return isName && (walked >= text.Length || !(text[walked] == '=' || char.IsAsciiLetterOrDigit(text[walked])));
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        Span<char> terminated = stackalloc char[LongestName + 1];
        name.CopyTo(terminated);
        terminated[name.Length] = ';';
        return Lookup.ContainsKey(terminated[..(name.Length + 1)]);
    }

    private static FrozenDictionary<string, string> ReadValues()
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, units) in MimeData.Pairs("html-entities"))
        {
            values.Add(name, MimeData.FromUnits(units));
        }

        return values.ToFrozenDictionary();
    }
}
