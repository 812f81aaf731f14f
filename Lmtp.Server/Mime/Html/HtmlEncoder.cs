using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Lmtp.Server.Mime.Html;

/// <summary>Writes plain text as HTML, with named character references wherever HTML 5 has one.</summary>
internal static class HtmlEncoder
{
    private static readonly FrozenDictionary<string, string> Names = ReadNames();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> NameLookup =
        Names.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly int LongestSequence = Names.Keys.Max(static key => key.Length);

    // The equals sign is the one ASCII character that begins a named sequence without being named itself.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "\0\n\r !#$%()*+,-./0123456789:;?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Makes paragraphs of text that is separated by empty lines.</summary>
    public static string FromText(string text)
    {
        var encoded = Encode(text).Replace("\r\n", "\n", StringComparison.Ordinal);
        var lines = Whitespace.Trim(WithoutTrailingSpaces(Whitespace.Trim(encoded.AsSpan())).AsSpan());
        var html = new StringBuilder(lines.Length + 64).Append("<p>");
        while (true)
        {
            var end = lines.IndexOf('\n');
            if (end < 0)
            {
                return html.Append(lines).Append("</p>").ToString();
            }

            html.Append(lines[..end]);
            lines = lines[end..];
            var breaks = lines.IndexOfAnyExcept('\n');
            html.Append(breaks > 1 ? "</p><p>" : "<br/>");
            lines = lines[breaks..];
        }
    }

    /// <summary>
    /// Replaces the characters that mean something in HTML and those that are not printable ASCII, but leaves CR and
    /// LF alone.
    /// </summary>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + (text.Length / 8));
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var plain = rest.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                plain = rest.Length;
            }

            encoded.Append(rest[..plain]);
            rest = rest[plain..];
            if (!rest.IsEmpty)
            {
                rest = rest[AppendReference(encoded, rest)..];
            }
        }

        return encoded.ToString();
    }

    private static int AppendReference(StringBuilder encoded, ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(LongestSequence, text.Length); length > 0; length--)
        {
            if (NameLookup.TryGetValue(text[..length], out var name))
            {
                encoded.Append('&').Append(name).Append(';');
                return length;
            }
        }

        if (char.IsHighSurrogate(text[0]) && text.Length > 1 && char.IsLowSurrogate(text[1]))
        {
            AppendCodePoint(encoded, char.ConvertToUtf32(text[0], text[1]));
            return 2;
        }

        if (text[0] is '=' or (>= '\u0080' and < '\u00a0' and not ('\u0081' or '\u008d' or '\u008f' or '\u0090' or '\u009d')))
        {
            // The unassigned ones among these are what windows-1252 leaves open.
            encoded.Append(text[0]);
        }
        else
        {
            AppendCodePoint(encoded, text[0]);
        }

        return 1;
    }

    private static void AppendCodePoint(StringBuilder encoded, int codePoint) =>
        encoded.Append(CultureInfo.InvariantCulture, $"&#x{codePoint:X};");

    private static string WithoutTrailingSpaces(ReadOnlySpan<char> text)
    {
        var kept = new StringBuilder(text.Length);
        while (true)
        {
            var end = text.IndexOfAny('\n', '\r');
            if (end < 0)
            {
                return kept.Append(text.TrimEnd(' ')).ToString();
            }

            kept.Append(text[..end].TrimEnd(' ')).Append(text[end]);
            text = text[(end + 1)..];
        }
    }

    private static FrozenDictionary<string, string> ReadNames()
    {
        var names = new Dictionary<string, string>();
        foreach (var (units, name) in MimeData.Pairs("html-references"))
        {
            names.Add(MimeData.FromUnits(units), name);
        }

        return names.ToFrozenDictionary();
    }
}
