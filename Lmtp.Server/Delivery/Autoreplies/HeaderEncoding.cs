using System.Text;

namespace Lmtp.Server.Delivery.Autoreplies;

/// <summary>Writes header fields: folded at 76 characters, what is not ASCII as encoded words (RFC 2047).</summary>
internal static class HeaderEncoding
{
    private const int LineLength = 76;

    // With "=?UTF-8?Q?" and "?=" a word has 52 characters.
    private const int WordLength = 40;
    private const int WordBytes = WordLength / 4 * 3;

    /// <summary>A field with its folds, one character for each byte.</summary>
    public static string Field(string name, string value)
    {
        var line = Fold($"{name}: {value}");
        return Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(line));
    }

    /// <summary>A text for a field without a structure.</summary>
    public static string Text(string text)
    {
        var line = OnOneLine(text);
        return line.Any(character => character is '"' or > '\u007f') ? Words(line) : line;
    }

    /// <summary>A mailbox with its name (RFC 5322 section 3.4).</summary>
    public static string Mailbox(string? name, string address) =>
        string.IsNullOrEmpty(name) ? address : $"{Phrase(OnOneLine(name))} <{address}>";

    /// <summary>
    /// Whether text is better written with escapes (true) or in base64: what has more letters stays legible with escapes.
    /// </summary>
    public static bool PrefersEscapes(string text)
    {
        var letters = text.Count(char.IsAsciiLetter);
        var others = text.Count(character => character > '\u007f' || (char.IsControl(character) && character is not ('\t' or '\r' or '\n')));
        return others < letters;
    }

    /// <summary>Breaks a line before white space, where it is too long and there is any.</summary>
    public static string Fold(string line)
    {
        var folded = new StringBuilder(line.Length + 16);
        var rest = line.AsSpan();
        while (rest.Length >= LineLength)
        {
            var end = rest[..LineLength].LastIndexOfAny(' ', '\t');
            if (end <= 0)
            {
                var next = rest[LineLength..].IndexOfAny(' ', '\t');
                end = next < 0 ? rest.Length : LineLength + next;
            }

            folded.Append(rest[..end]);
            rest = rest[end..];
            if (!rest.IsEmpty)
            {
                folded.Append("\r\n");
            }
        }

        return folded.Append(rest).ToString();
    }

    private static string Phrase(string name)
    {
        if (name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or ' '))
        {
            return name;
        }

        return name.All(character => character is >= ' ' and <= '~')
            ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : Words(name);
    }

    private static string Words(string text) => PrefersEscapes(text)
        ? Join('Q', Split(text, WordLength, EscapedLength).Select(Escape))
        : Join('B', Split(text, WordBytes, rune => rune.Utf8SequenceLength)
            .Select(part => Convert.ToBase64String(Encoding.UTF8.GetBytes(part))));

    private static string Join(char encoding, IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => $"=?UTF-8?{encoding}?{word}?="));

    // A word holds whole characters only.
    private static IEnumerable<string> Split(string text, int limit, Func<Rune, int> lengthOf)
    {
        var part = new StringBuilder();
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var added = lengthOf(rune);
            if (length + added > limit)
            {
                yield return part.ToString();
                part.Clear();
                length = 0;
            }

            part.Append(rune);
            length += added;
        }

        yield return part.ToString();
    }

    private static int EscapedLength(Rune rune) => IsLiteral(rune.Value) || rune.Value == ' ' ? 1 : 3 * rune.Utf8SequenceLength;

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            _ = value == ' ' ? escaped.Append('_')
                : IsLiteral(value) ? escaped.Append((char)value)
                : escaped.Append('=').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    // RFC 2047 section 5 (3): what may stand in a phrase.
    private static bool IsLiteral(int value) =>
        value < 128 && (char.IsAsciiLetterOrDigit((char)value) || value is '!' or '*' or '+' or '-' or '/');

    private static string OnOneLine(string text) => text.ReplaceLineEndings(" ");
}
