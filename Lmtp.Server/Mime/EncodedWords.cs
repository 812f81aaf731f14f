namespace Lmtp.Server.Mime;

/// <summary>
/// Encoded words (RFC 2047) as WildDuck reads and writes them: recognised anywhere, neighbours of the same charset
/// joined before they are decoded, never failing.
/// </summary>
internal static class EncodedWords
{
    private const string Joint = "__\0JOIN\0__";

    // Words in words, and what WildDuck marks words with in the text itself, are decoded as it does, one pass after the
    // other. In a longer text, which no ordinary header is, they get no such care.
    private const int MaxOddLength = 64 * 1024;

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
    /// <param name="enough">How many characters are wanted; what stands behind them may be left out.</param>
    public static void Decode(ReadOnlySpan<char> text, TextBuffer decoded, int enough = int.MaxValue)
    {
        if (!MayHold(text))
        {
            decoded.Append(text);
            return;
        }

        if (TryDecodeOne(text, decoded))
        {
            return;
        }

        var isOdd = text.Length <= MaxOddLength && text.IndexOf(Joint) >= 0;
        if (!isOdd && new EncodedWordReader(text, decoded, enough, mayOverlap: text.Length <= MaxOddLength).TryDecode())
        {
            return;
        }

        DecodeInPasses(text, decoded);
    }

    /// <summary>The same as WildDuck does it: one change after the other, each to the whole text.</summary>
    internal static void DecodeInPasses(ReadOnlySpan<char> text, TextBuffer decoded)
    {
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

    /// <summary>Decodes a text that is one word and nothing else, as most are; false for any other.</summary>
    private static bool TryDecodeOne(ReadOnlySpan<char> text, TextBuffer decoded)
    {
        if (text[^1] != '='
            || !EncodedWord.TryRead(text, 0, out var word)
            || word.End != text.Length
            || text.Contains('\0')
            || !EncodedWord.IsCharsetName(word.Charset(text)))
        {
            return false;
        }

        EncodedWord.Decode(word.Charset(text), word.Encoding, word.Text(text), decoded);
        return true;
    }

    private static bool MayHold(ReadOnlySpan<char> text) => text.IndexOf("=?") >= 0 || text.IndexOf(Joint) >= 0;

    /// <summary>Puts a joint between neighbouring words of one encoding and charset.</summary>
    private static ReadOnlySpan<char> MarkJoints(ReadOnlySpan<char> text, string encodings, TextBuffer marked)
    {
        var copied = 0;
        for (var position = EncodedWord.Next(text, 0); position >= 0;)
        {
            if (!EncodedWord.TryRead(text, position, encodings, out var word)
                || !EncodedWord.TryRead(text, EncodedWord.AfterSpaces(text, word.End), encodings, out var following))
            {
                position = EncodedWord.Next(text, position + 1);
                continue;
            }

            var end = EncodedWord.AfterSpaces(text, word.End);
            if (Charsets.Charset.AreOne(word.Charset(text), following.Charset(text)))
            {
                marked.Append(text[copied..word.End]);
                marked.Append(Joint);
                copied = end;
            }

            position = EncodedWord.Next(text, end);
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
            if (EncodedWord.TryReadBeginning(text, copied, EncodedWord.Encodings, out var beginning))
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
        for (var position = EncodedWord.Next(text, 0); position >= 0;)
        {
            if (!EncodedWord.TryRead(text, position, EncodedWord.Encodings, out var word))
            {
                position = EncodedWord.Next(text, position + 1);
                continue;
            }

            var end = EncodedWord.AfterSpaces(text, word.End);
            if (end == word.End || !EncodedWord.TryRead(text, end, EncodedWord.Encodings, out _))
            {
                position = EncodedWord.Next(text, position + 1);
                continue;
            }

            tight.Append(text[copied..word.End]);
            copied = end;
            position = EncodedWord.Next(text, end);
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
        for (var position = EncodedWord.Next(text, 0); position >= 0;)
        {
            if (!EncodedWord.TryRead(text, position, EncodedWord.Encodings, out var word) || !EncodedWord.IsCharsetName(word.Charset(text)))
            {
                position = EncodedWord.Next(text, position + 1);
                continue;
            }

            decoded.Append(text[copied..position]);
            EncodedWord.Decode(word.Charset(text), word.Encoding, word.Text(text), decoded);
            copied = word.End;
            position = EncodedWord.Next(text, copied);
        }

        decoded.Append(text[copied..]);
    }
}
