using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>Where an encoded word (RFC 2047) and its pieces stand in a text: <c>=?charset?encoding?text?=</c>.</summary>
internal readonly record struct EncodedWord(int Start, int CharsetEnd, char Encoding, int TextStart, int End)
{
    /// <summary>Both encodings, in either case.</summary>
    public const string Encodings = "QqBb";

    private const int MaxBytesOnStack = 256;

    /// <summary>The name of the charset, perhaps with a language.</summary>
    public ReadOnlySpan<char> Charset(ReadOnlySpan<char> text) => text[(Start + 2)..CharsetEnd];

    /// <summary>The encoded text.</summary>
    public ReadOnlySpan<char> Text(ReadOnlySpan<char> text) => text[TextStart..(End - 2)];

    /// <summary>Whether another word has the same encoding and charset.</summary>
    public bool IsLike(EncodedWord other, ReadOnlySpan<char> text) =>
        (Encoding | 0x20) == (other.Encoding | 0x20) && Charsets.Charset.AreOne(Charset(text), other.Charset(text));

    /// <summary>The next place at which a word may begin, or -1.</summary>
    public static int Next(ReadOnlySpan<char> text, int from)
    {
        var next = from >= text.Length ? -1 : text[from..].IndexOf("=?");
        return next < 0 ? next : from + next;
    }

    /// <summary>The first position that is not white space.</summary>
    public static int AfterSpaces(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && Whitespace.Is(text[position]))
        {
            position++;
        }

        return position;
    }

    /// <summary>Reads <c>=?charset?encoding?</c>.</summary>
    public static bool TryReadBeginning(ReadOnlySpan<char> text, int start, string encodings, out EncodedWord word)
    {
        word = default;
        if (start + 2 > text.Length || text[start] != '=' || text[start + 1] != '?')
        {
            return false;
        }

        var mark = IndexOfMark(text, start + 2);
        if (mark <= start + 2 || mark + 2 >= text.Length || text[mark + 2] != '?' || !encodings.AsSpan().Contains(text[mark + 1]))
        {
            return false;
        }

        word = new EncodedWord(start, mark, text[mark + 1], mark + 3, 0);
        return true;
    }

    /// <summary>Reads <c>=?charset?encoding?text?=</c>.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, int start, out EncodedWord word) => TryRead(text, start, Encodings, out word);

    /// <summary>Reads <c>=?charset?encoding?text?=</c>.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, int start, string encodings, out EncodedWord word)
    {
        if (!TryReadBeginning(text, start, encodings, out word))
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

    /// <summary>Whether words of this charset are decoded.</summary>
    public static bool IsCharsetName(ReadOnlySpan<char> name)
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

    /// <summary>Appends the text of a word decoded.</summary>
    public static void Decode(ReadOnlySpan<char> charset, char encoding, ReadOnlySpan<char> text, TextBuffer decoded)
    {
        // RFC 2231 section 5 lets a language follow the charset.
        var star = charset.IndexOf('*');
        var most = System.Text.Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        var bytes = most <= MaxBytesOnStack ? stackalloc byte[MaxBytesOnStack] : rented = ArrayPool<byte>.Shared.Rent(most);
        var length = encoding is 'Q' or 'q' ? QEncoding.Decode(text, bytes) : LenientBase64.DecodeWord(text, bytes);
        Charsets.Charset.Decode(bytes[..length], star < 0 ? charset : charset[..star], decoded);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int IndexOfMark(ReadOnlySpan<char> text, int from)
    {
        var mark = text[from..].IndexOf('?');
        return mark < 0 ? mark : from + mark;
    }
}
