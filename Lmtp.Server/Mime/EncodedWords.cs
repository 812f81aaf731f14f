using System.Text;

using Lmtp.Server.Mime.Charsets;

namespace Lmtp.Server.Mime;

/// <summary>
/// Encoded words (RFC 2047) as WildDuck reads and writes them: recognised anywhere, neighbours of the same charset
/// joined before they are decoded, never failing.
/// </summary>
internal static class EncodedWords
{
    private const string Joint = "__\0JOIN\0__";

    /// <summary>Decodes all encoded words of a text.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal) && !text.Contains(Joint, StringComparison.Ordinal))
        {
            return text;
        }

        text = MarkJoints(text, "Bb");
        text = MarkJoints(text, "Qq");
        text = RemoveJoints(text);
        text = RemoveSpaces(text);
        return DecodeWords(text);
    }

    /// <summary>
    /// Encodes what is not ASCII: everything from the first to the last word with such a character, as one word in
    /// UTF-8.
    /// </summary>
    public static string Encode(string text)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange('\0', '\u007f');
        if (first < 0)
        {
            return text;
        }

        var last = text.AsSpan().LastIndexOfAnyExceptInRange('\0', '\u007f');
        while (first > 0 && !Whitespace.Is(text[first - 1]))
        {
            first--;
        }

        while (last + 1 < text.Length && !Whitespace.Is(text[last + 1]))
        {
            last++;
        }

        return $"{text.AsSpan(0, first)}=?UTF-8?Q?{QEncoding.Encode(text.AsSpan(first, last + 1 - first))}?={text.AsSpan(last + 1)}";
    }

    /// <summary>Puts a joint between neighbouring words of one encoding and charset.</summary>
    private static string MarkJoints(string text, string encodings)
    {
        StringBuilder? marked = null;
        var copied = 0;
        for (var position = Next(text, 0); position >= 0;)
        {
            if (!TryWord(text, position, encodings, out var word)
                || !TryWord(text, AfterSpaces(text, word.End), encodings, out var following))
            {
                position = Next(text, position + 1);
                continue;
            }

            var end = AfterSpaces(text, word.End);
            if (Charset.Normalize(word.Charset(text)) == Charset.Normalize(following.Charset(text)))
            {
                marked ??= new StringBuilder(text.Length + 64);
                marked.Append(text, copied, word.End - copied).Append(Joint);
                copied = end;
            }

            position = Next(text, end);
        }

        return marked is null ? text : marked.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Removes each joint with the end of the word before it and the beginning of the one behind it.</summary>
    private static string RemoveJoints(string text)
    {
        var joint = text.IndexOf(Joint, StringComparison.Ordinal);
        if (joint < 0)
        {
            return text;
        }

        var joined = new StringBuilder(text.Length);
        var copied = 0;
        for (; joint >= 0; joint = text.IndexOf(Joint, copied, StringComparison.Ordinal))
        {
            var end = joint - copied >= 2 && text.AsSpan(joint - 2, 2).SequenceEqual("?=") ? joint - 2 : joint;
            joined.Append(text, copied, end - copied);
            copied = joint + Joint.Length;
            if (TryBeginning(text, copied, "QqBb", out var beginning))
            {
                copied = beginning.TextStart;
            }
        }

        return joined.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Removes the white space between neighbouring words.</summary>
    private static string RemoveSpaces(string text)
    {
        StringBuilder? tight = null;
        var copied = 0;
        for (var position = Next(text, 0); position >= 0;)
        {
            if (!TryWord(text, position, "QqBb", out var word))
            {
                position = Next(text, position + 1);
                continue;
            }

            var end = AfterSpaces(text, word.End);
            if (end == word.End || !TryWord(text, end, "QqBb", out _))
            {
                position = Next(text, position + 1);
                continue;
            }

            tight ??= new StringBuilder(text.Length);
            tight.Append(text, copied, word.End - copied);
            copied = end;
            position = Next(text, end);
        }

        return tight is null ? text : tight.Append(text, copied, text.Length - copied).ToString();
    }

    private static string DecodeWords(string text)
    {
        StringBuilder? decoded = null;
        var copied = 0;
        for (var position = Next(text, 0); position >= 0;)
        {
            if (!TryWord(text, position, "QqBb", out var word) || !IsCharsetName(word.Charset(text)))
            {
                position = Next(text, position + 1);
                continue;
            }

            decoded ??= new StringBuilder(text.Length);
            decoded.Append(text, copied, position - copied);
            decoded.Append(DecodeWord(word.Charset(text), word.Encoding, text.AsSpan(word.TextStart, word.End - 2 - word.TextStart)));
            copied = word.End;
            position = Next(text, copied);
        }

        return decoded is null ? text : decoded.Append(text, copied, text.Length - copied).ToString();
    }

    private static string DecodeWord(ReadOnlySpan<char> charset, char encoding, ReadOnlySpan<char> text)
    {
        // RFC 2231 section 5 lets a language follow the charset.
        var star = charset.IndexOf('*');
        var name = Charset.Normalize(star < 0 ? charset : charset[..star]);
        return Charset.Decode(encoding is 'Q' or 'q' ? QEncoding.Decode(text) : LenientBase64.DecodeWord(text), name);
    }

    private static int Next(string text, int from) =>
        from >= text.Length ? -1 : text.IndexOf("=?", from, StringComparison.Ordinal);

    private static int AfterSpaces(string text, int position)
    {
        while (position < text.Length && Whitespace.Is(text[position]))
        {
            position++;
        }

        return position;
    }

    /// <summary>Reads <c>=?charset?encoding?</c>.</summary>
    private static bool TryBeginning(string text, int start, string encodings, out Word word)
    {
        word = default;
        if (start + 2 > text.Length || text[start] != '=' || text[start + 1] != '?')
        {
            return false;
        }

        var mark = text.IndexOf('?', start + 2);
        if (mark <= start + 2 || mark + 2 >= text.Length || text[mark + 2] != '?' || !encodings.Contains(text[mark + 1], StringComparison.Ordinal))
        {
            return false;
        }

        word = new Word(start + 2, mark, text[mark + 1], mark + 3, 0);
        return true;
    }

    /// <summary>Reads <c>=?charset?encoding?text?=</c>.</summary>
    private static bool TryWord(string text, int start, string encodings, out Word word)
    {
        if (!TryBeginning(text, start, encodings, out word))
        {
            return false;
        }

        var mark = text.IndexOf('?', word.TextStart);
        if (mark < 0 || mark + 1 >= text.Length || text[mark + 1] != '=')
        {
            return false;
        }

        word = word with { End = mark + 2 };
        return true;
    }

    private static bool IsCharsetName(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '-' or '*'))
            {
                return false;
            }
        }

        return true;
    }

    private readonly record struct Word(int CharsetStart, int CharsetEnd, char Encoding, int TextStart, int End)
    {
        public ReadOnlySpan<char> Charset(string text) => text.AsSpan(CharsetStart, CharsetEnd - CharsetStart);
    }
}
