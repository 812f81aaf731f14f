using System.Buffers;
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
        if (!MayHold(text))
        {
            return text;
        }

        using var scratch = new ScratchText();
        Decode(text, scratch.Buffer);
        return scratch.Buffer.ToString();
    }

    /// <summary>Decodes all encoded words of a text.</summary>
    /// <param name="text">The text, which does not stand in <paramref name="decoded"/>.</param>
    /// <param name="decoded">Receives the decoded text.</param>
    public static void Decode(ReadOnlySpan<char> text, TextBuffer decoded)
    {
        if (!MayHold(text))
        {
            decoded.Append(text);
            return;
        }

        if (text.IndexOf("=?") == text.LastIndexOf("=?") && text.IndexOf(Joint) < 0)
        {
            DecodeWords(text, decoded);
            return;
        }

        using var base64 = new ScratchText();
        using var quoted = new ScratchText();
        using var joined = new ScratchText();
        using var tight = new ScratchText();
        text = MarkJoints(text, "Bb", base64.Buffer);
        text = MarkJoints(text, "Qq", quoted.Buffer);
        text = RemoveJoints(text, joined.Buffer);
        DecodeWords(RemoveSpaces(text, tight.Buffer), decoded);
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

    private static bool MayHold(ReadOnlySpan<char> text) => text.IndexOf("=?") >= 0 || text.IndexOf(Joint) >= 0;

    /// <summary>Puts a joint between neighbouring words of one encoding and charset.</summary>
    private static ReadOnlySpan<char> MarkJoints(ReadOnlySpan<char> text, string encodings, TextBuffer marked)
    {
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
                marked.Append(text[copied..word.End]);
                marked.Append(Joint);
                copied = end;
            }

            position = Next(text, end);
        }

        return WithRest(text, copied, marked);
    }

    /// <summary>Removes each joint with the end of the word before it and the beginning of the one behind it.</summary>
    private static ReadOnlySpan<char> RemoveJoints(ReadOnlySpan<char> text, TextBuffer joined)
    {
        var copied = 0;
        for (var joint = text.IndexOf(Joint); joint >= 0;)
        {
            var end = joint - copied >= 2 && text.Slice(joint - 2, 2).SequenceEqual("?=") ? joint - 2 : joint;
            joined.Append(text[copied..end]);
            copied = joint + Joint.Length;
            if (TryBeginning(text, copied, "QqBb", out var beginning))
            {
                copied = beginning.TextStart;
            }

            var next = text[copied..].IndexOf(Joint);
            joint = next < 0 ? next : copied + next;
        }

        return WithRest(text, copied, joined);
    }

    /// <summary>Removes the white space between neighbouring words.</summary>
    private static ReadOnlySpan<char> RemoveSpaces(ReadOnlySpan<char> text, TextBuffer tight)
    {
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

            tight.Append(text[copied..word.End]);
            copied = end;
            position = Next(text, end);
        }

        return WithRest(text, copied, tight);
    }

    /// <summary>What was changed with what stands behind it, or the text itself when nothing was.</summary>
    private static ReadOnlySpan<char> WithRest(ReadOnlySpan<char> text, int copied, TextBuffer changed)
    {
        if (copied == 0)
        {
            return text;
        }

        changed.Append(text[copied..]);
        return changed.Text;
    }

    private static void DecodeWords(ReadOnlySpan<char> text, TextBuffer decoded)
    {
        var copied = 0;
        for (var position = Next(text, 0); position >= 0;)
        {
            if (!TryWord(text, position, "QqBb", out var word) || !IsCharsetName(word.Charset(text)))
            {
                position = Next(text, position + 1);
                continue;
            }

            decoded.Append(text[copied..position]);
            DecodeWord(word.Charset(text), word.Encoding, text[word.TextStart..(word.End - 2)], decoded);
            copied = word.End;
            position = Next(text, copied);
        }

        decoded.Append(text[copied..]);
    }

    private static void DecodeWord(ReadOnlySpan<char> charset, char encoding, ReadOnlySpan<char> text, TextBuffer decoded)
    {
        // RFC 2231 section 5 lets a language follow the charset.
        var star = charset.IndexOf('*');
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = encoding is 'Q' or 'q' ? QEncoding.Decode(text, bytes) : LenientBase64.DecodeWord(text, bytes);
        Charset.Decode(bytes.AsSpan(0, length), Charset.Normalize(star < 0 ? charset : charset[..star]), decoded);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private static int Next(ReadOnlySpan<char> text, int from)
    {
        var next = from >= text.Length ? -1 : text[from..].IndexOf("=?");
        return next < 0 ? next : from + next;
    }

    private static int AfterSpaces(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && Whitespace.Is(text[position]))
        {
            position++;
        }

        return position;
    }

    private static int IndexOfMark(ReadOnlySpan<char> text, int from)
    {
        var mark = text[from..].IndexOf('?');
        return mark < 0 ? mark : from + mark;
    }

    /// <summary>Reads <c>=?charset?encoding?</c>.</summary>
    private static bool TryBeginning(ReadOnlySpan<char> text, int start, string encodings, out Word word)
    {
        word = default;
        if (start + 2 > text.Length || text[start] != '=' || text[start + 1] != '?')
        {
            return false;
        }

        var mark = IndexOfMark(text, start + 2);
        if (mark <= start + 2 || mark + 2 >= text.Length || text[mark + 2] != '?' || !encodings.Contains(text[mark + 1], StringComparison.Ordinal))
        {
            return false;
        }

        word = new Word(start + 2, mark, text[mark + 1], mark + 3, 0);
        return true;
    }

    /// <summary>Reads <c>=?charset?encoding?text?=</c>.</summary>
    private static bool TryWord(ReadOnlySpan<char> text, int start, string encodings, out Word word)
    {
        if (!TryBeginning(text, start, encodings, out word))
        {
            return false;
        }

        var mark = IndexOfMark(text, word.TextStart);
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
        public ReadOnlySpan<char> Charset(ReadOnlySpan<char> text) => text[CharsetStart..CharsetEnd];
    }
}
