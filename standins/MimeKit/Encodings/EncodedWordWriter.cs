using System.Text;
using MimeKit.Parsing;

namespace MimeKit.Encodings;

/// <summary>Makes encoded words (RFC 2047), none longer than 75 characters and none ending within a character.</summary>
internal static class EncodedWordWriter
{
    private const int MaxWord = 75;
    private const int MaxPlainWord = 76;

    /// <summary>The words of a text with what stands between them: plain where that can be, else encoded.</summary>
    public static IEnumerable<string> EncodeText(Encoding encoding, string text)
    {
        var words = text.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            if (!MustEncode(words[i]))
            {
                yield return words[i];
                continue;
            }

            // Blanks between two encoded words are not seen by readers, so that neighbours are encoded as one text.
            var last = i;
            for (var next = i + 1; next < words.Length && (MustEncode(words[next]) || words[next].Length == 0); next++)
            {
                last = MustEncode(words[next]) ? next : last;
            }

            foreach (var word in Encode(encoding, string.Join(' ', words[i..(last + 1)])))
            {
                yield return word;
            }

            i = last;
        }
    }

    /// <summary>Encoded words of the whole text. They stand everywhere, in phrases too.</summary>
    public static IEnumerable<string> Encode(Encoding encoding, string text)
    {
        var bytes = encoding.GetBytes(text);
        var isQ = bytes.Count(static value => !IsPlain(value)) * 3 <= bytes.Length;
        var prefix = $"=?{Charsets.NameOf(encoding)}?{(isQ ? 'q' : 'b')}?";
        var room = MaxWord - prefix.Length - 2;
        var pending = new List<byte>();
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var next = encoding.GetBytes(rune.ToString());
            var added = isQ ? next.Sum(static value => IsPlain(value) || value == ' ' ? 1 : 3) : next.Length;
            if (pending.Count > 0 && (isQ ? width + added > room : (width + added + 2) / 3 * 4 > room))
            {
                yield return prefix + Body(pending, isQ) + "?=";
                pending.Clear();
                width = 0;
            }

            pending.AddRange(next);
            width += added;
        }

        yield return prefix + Body(pending, isQ) + "?=";
    }

    /// <summary>Whether a word cannot stand as it is: not printable ASCII, too long for a line, or itself like an encoded one.</summary>
    public static bool MustEncode(string word) =>
        word.Length > MaxPlainWord
        || word.AsSpan().ContainsAnyExceptInRange('!', '~')
        || word.Contains("=?", StringComparison.Ordinal);

    private static string Body(List<byte> bytes, bool isQ)
    {
        if (!isQ)
        {
            return Convert.ToBase64String([.. bytes]);
        }

        var body = new StringBuilder(bytes.Count * 3);
        foreach (var value in bytes)
        {
            if (value == ' ')
            {
                body.Append('_');
            }
            else if (IsPlain(value))
            {
                body.Append((char)value);
            }
            else
            {
                body.Append('=').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return body.ToString();
    }

    /// <summary>What stands for itself even in a phrase (RFC 2047 section 5, rule 3).</summary>
    private static bool IsPlain(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'!' or (byte)'*' or (byte)'+' or (byte)'-' or (byte)'/';
}
