using System.Text.Unicode;

namespace Lmtp.Server.Mime;

/// <summary>
/// UTF-8 of which every piece that makes no sense becomes U+FFFD, as the Unicode standard recommends. Unlike the decoder of
/// the framework it takes about the same time for bytes that are no UTF-8 at all.
/// </summary>
internal static class LenientUtf8
{
    private const char Replacement = '\ufffd';

    // So many ASCII characters in a row are worth another try at the fast way.
    private const int LeastRun = 32;

    /// <summary>Decodes bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="text">Receives the text; as long as the bytes.</param>
    /// <returns>The number of UTF-16 units written.</returns>
    public static int Decode(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        var length = 0;
        while (true)
        {
            Utf8.ToUtf16(bytes, text[length..], out var read, out var written, replaceInvalidSequences: false);
            length += written;
            bytes = bytes[read..];
            if (bytes.IsEmpty)
            {
                return length;
            }

            bytes = bytes[DecodeSlowly(bytes, text, ref length)..];
        }
    }

    /// <summary>Decodes one character after the other, up to a long run of ASCII; returns the number of bytes read.</summary>
    private static int DecodeSlowly(ReadOnlySpan<byte> bytes, Span<char> text, ref int length)
    {
        var run = 0;
        var position = 0;
        while (position < bytes.Length && run < LeastRun)
        {
            var first = bytes[position];
            if (first < 0x80)
            {
                text[length++] = (char)first;
                position++;
                run++;
                continue;
            }

            run = 0;
            if (first is < 0xC2 or > 0xF4)
            {
                text[length++] = Replacement;
                position++;
                continue;
            }

            position += DecodeSequence(bytes[position..], text, ref length);
        }

        return position;
    }

    /// <summary>Decodes a sequence of two to four bytes, or replaces as much of it as might have been one.</summary>
    private static int DecodeSequence(ReadOnlySpan<byte> bytes, Span<char> text, ref int length)
    {
        var first = bytes[0];
        var size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        var (least, most) = first switch
        {
            0xE0 => (0xA0, 0xBF),
            0xED => (0x80, 0x9F),
            0xF0 => (0x90, 0xBF),
            0xF4 => (0x80, 0x8F),
            _ => (0x80, 0xBF),
        };
        var value = first & (0x7F >> size);
        var read = 1;
        while (read < size && read < bytes.Length && bytes[read] >= least && bytes[read] <= most)
        {
            value = (value << 6) | (bytes[read++] & 0x3F);
            (least, most) = (0x80, 0xBF);
        }

        if (read < size)
        {
            text[length++] = Replacement;
        }
        else if (value < 0x10000)
        {
            text[length++] = (char)value;
        }
        else
        {
            text[length++] = (char)(0xD7C0 + (value >> 10));
            text[length++] = (char)(0xDC00 + (value & 0x3FF));
        }

        return read;
    }
}
