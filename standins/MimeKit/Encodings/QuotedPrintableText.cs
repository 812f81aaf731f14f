using System.Buffers;

namespace MimeKit.Encodings;

/// <summary>Quoted-printable (RFC 2045 section 6.7).</summary>
internal static class QuotedPrintableText
{
    private const int MaxLine = 76;

    public static byte[] Encode(ReadOnlySpan<byte> bytes)
    {
        var output = new ArrayBufferWriter<byte>(bytes.Length + (bytes.Length / 4) + 16);
        var column = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = bytes[i];
            if (value == (byte)'\n' || (value == (byte)'\r' && i + 1 < bytes.Length && bytes[i + 1] == (byte)'\n'))
            {
                i += value == (byte)'\r' ? 1 : 0;
                output.Write("\n"u8);
                column = 0;
                continue;
            }

            var isPlain = value is >= (byte)'!' and <= (byte)'~' and not (byte)'=' || (value is (byte)' ' or (byte)'\t' && !EndsLine(bytes, i));
            var width = isPlain ? 1 : 3;
            if (column + width >= MaxLine)
            {
                output.Write("=\n"u8);
                column = 0;
            }

            WriteByte(output, value, isPlain);
            column += width;
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Decodes what there is: a stray equals sign stays.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var output = new byte[text.Length];
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != (byte)'=')
            {
                output[written++] = text[i];
            }
            else if (IsSoftBreak(text[(i + 1)..], out var skipped))
            {
                i += skipped;
            }
            else if (i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                output[written++] = (byte)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2]));
                i += 2;
            }
            else
            {
                output[written++] = text[i];
            }
        }

        return output[..written];
    }

    public static int HexValue(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static bool EndsLine(ReadOnlySpan<byte> bytes, int i) =>
        i + 1 == bytes.Length || bytes[i + 1] == (byte)'\n' || bytes[(i + 1)..].StartsWith("\r\n"u8);

    private static bool IsSoftBreak(ReadOnlySpan<byte> rest, out int length)
    {
        var blanks = rest.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
        length = blanks + 1;
        if (blanks < 0)
        {
            length = rest.Length;
            return true;
        }

        return rest[blanks] == (byte)'\n';
    }

    private static void WriteByte(ArrayBufferWriter<byte> output, byte value, bool isPlain)
    {
        if (isPlain)
        {
            output.GetSpan(1)[0] = value;
            output.Advance(1);
            return;
        }

        var span = output.GetSpan(3);
        span[0] = (byte)'=';
        "0123456789ABCDEF"u8.Slice(value >> 4, 1).CopyTo(span[1..]);
        "0123456789ABCDEF"u8.Slice(value & 15, 1).CopyTo(span[2..]);
        output.Advance(3);
    }
}
