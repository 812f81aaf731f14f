namespace Lmtp.Server.Mime;

/// <summary>The values of header fields as text.</summary>
internal static class HeaderText
{
    private const int MaxStackLength = 256;

    /// <summary>The bytes read as UTF-8; what makes no sense becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> value)
    {
        if (value.Length > MaxStackLength)
        {
            using var scratch = new ScratchText();
            scratch.Buffer.AppendUtf8(value);
            return scratch.Buffer.ToString();
        }

        Span<char> text = stackalloc char[MaxStackLength];
        return KnownTexts.Get(text[..LenientUtf8.Decode(value, text)]);
    }

    /// <summary>The bytes read as UTF-8, unfolded.</summary>
    public static string DecodeUnfolded(ReadOnlySpan<byte> value) => value.Contains((byte)'\n') ? Unfold(Decode(value)) : Decode(value);

    /// <summary>Appends the bytes read as UTF-8, unfolded.</summary>
    public static void AppendUnfolded(ReadOnlySpan<byte> value, TextBuffer text)
    {
        var start = text.Length;
        text.AppendUtf8(value);
        text.CutAt(start + Unfold(text.Tail(start)));
    }

    /// <summary>Replaces every run of white space that holds a LF by one space.</summary>
    public static string Unfold(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal))
        {
            return text;
        }

        var unfolded = text.ToCharArray();
        return new string(unfolded, 0, Unfold(unfolded));
    }

    /// <summary>Unfolds in place and returns the new length.</summary>
    public static int Unfold(Span<char> text)
    {
        var lineFeed = text.IndexOf('\n');
        if (lineFeed < 0)
        {
            return text.Length;
        }

        var length = 0;
        var copied = 0;
        while (lineFeed >= 0)
        {
            var end = lineFeed;
            while (end > copied && Whitespace.Is(text[end - 1]))
            {
                end--;
            }

            text[copied..end].CopyTo(text[length..]);
            length += end - copied;
            text[length++] = ' ';
            copied = lineFeed + 1;
            while (copied < text.Length && Whitespace.Is(text[copied]))
            {
                copied++;
            }

            var next = text[copied..].IndexOf('\n');
            lineFeed = next < 0 ? next : copied + next;
        }

        text[copied..].CopyTo(text[length..]);
        return length + text.Length - copied;
    }
}
