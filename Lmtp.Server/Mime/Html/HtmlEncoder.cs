using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Lmtp.Server.Mime.Html;

/// <summary>Writes plain text as HTML, with named character references wherever HTML 5 has one.</summary>
internal static class HtmlEncoder
{
    private const string Breaks = " \r\n";

    private static readonly FrozenDictionary<string, string> Names = ChooseNames();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> NameLookup =
        Names.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly int LongestSequence = Names.Keys.Max(static key => key.Length);

    // The equals sign is the one ASCII character that begins a named sequence without being named itself.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "\0\n\r !#$%()*+,-./0123456789:;?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Makes paragraphs of text that is separated by empty lines.</summary>
    /// <param name="text">The text, which does not stand in <paramref name="html"/>.</param>
    /// <param name="html">Receives the HTML.</param>
    /// <param name="enough">How many characters of HTML are wanted; what would stand behind them may be left out.</param>
    public static void Encode(ReadOnlySpan<char> text, TextBuffer html, int enough = int.MaxValue)
    {
        var start = html.Length;
        html.Append("<p>");
        text = text.Trim(Breaks);
        while (html.Length - start <= enough)
        {
            var end = text.IndexOfAny('\n', '\r');
            var line = (end < 0 ? text : text[..end]).TrimEnd(' ');
            EncodeLine(line.Length > enough ? line[..(enough + 1)] : line, html);
            if (end < 0)
            {
                break;
            }

            text = text[end..];
            var breaks = TakeBreaks(ref text);
            html.Append(breaks > 1 ? "</p><p>" : breaks == 1 ? "<br/>" : "\r");
        }

        html.Append("</p>");
    }

    /// <summary>Replaces the characters that mean something in HTML and those that are not printable ASCII.</summary>
    private static void EncodeLine(ReadOnlySpan<char> text, TextBuffer html)
    {
        while (true)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                html.Append(text);
                return;
            }

            html.Append(text[..plain]);
            text = text[plain..];
            text = text[AppendReference(html, text)..];
        }
    }

    /// <summary>
    /// Takes LF, with or without CR before it, and the empty lines that follow; returns their number, or 0 for a CR alone.
    /// </summary>
    private static int TakeBreaks(ref ReadOnlySpan<char> text)
    {
        var count = 0;
        var rest = text;
        while (rest.StartsWith("\n") || rest.StartsWith("\r\n"))
        {
            text = rest[(rest[0] == '\n' ? 1 : 2)..];
            rest = text.TrimStart(' ');
            count++;
        }

        if (count == 0)
        {
            text = text[1..];
        }

        return count;
    }

    private static int AppendReference(TextBuffer html, ReadOnlySpan<char> text)
    {
        // A sequence of several characters that begins with one of these goes on with one that is not ASCII.
        var longest = text.Length > 1 && !char.IsAscii(text[1]) ? Math.Min(LongestSequence, text.Length) : 1;
        for (var length = longest; length > 0; length--)
        {
            if (NameLookup.TryGetValue(text[..length], out var name))
            {
                html.Append('&');
                html.Append(name);
                html.Append(';');
                return length;
            }
        }

        if (char.IsHighSurrogate(text[0]) && text.Length > 1 && char.IsLowSurrogate(text[1]))
        {
            AppendCodePoint(html, char.ConvertToUtf32(text[0], text[1]));
            return 2;
        }

        if (text[0] is '=' or (>= '\u0080' and < '\u00a0' and not ('\u0081' or '\u008d' or '\u008f' or '\u0090' or '\u009d')))
        {
            // The unassigned ones among these are what windows-1252 leaves open.
            html.Append(text[0]);
        }
        else
        {
            AppendCodePoint(html, text[0]);
        }

        return 1;
    }

    /// <summary>
    /// Of the names of a character, or a sequence of them, the shortest one is written, and rather in small letters. What
    /// is ASCII keeps its own form, but for what means something in HTML.
    /// </summary>
    private static FrozenDictionary<string, string> ChooseNames() => HtmlEntities.Values
        .Where(static entity => entity.Key.EndsWith(';'))
        .Where(static entity => !Ascii.IsValid(entity.Value) || entity.Value is "\"" or "&" or "'" or "<" or ">" or "`")
        .GroupBy(static entity => entity.Value, static entity => entity.Key[..^1])
        .ToFrozenDictionary(
            static names => names.Key,
            static names => names
                .OrderBy(static name => name.Length)
                .ThenBy(static name => name.Any(char.IsAsciiLetterUpper))
                .ThenBy(static name => name, StringComparer.Ordinal)
                .First());

    private static void AppendCodePoint(TextBuffer html, int codePoint)
    {
        Span<char> reference = stackalloc char[16];
        reference.TryWrite(CultureInfo.InvariantCulture, $"&#x{codePoint:X};", out var length);
        html.Append(reference[..length]);
    }
}
