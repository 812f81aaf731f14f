using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Decodes quoted-printable bodies (RFC 2045 section 6.7), leniently.</summary>
internal static class QuotedPrintable
{
    /// <summary>
    /// Decodes a body. 8-bit bytes, which have no place in it, are read as UTF-8 first and come out as the low byte of
    /// each character, as in WildDuck.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="decoded">Receives the bytes; as long as the body. May be the same memory.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Decode(ReadOnlySpan<byte> body, Span<byte> decoded)
    {
        // Soft breaks go first: one may stand in the middle of an encoded byte. What is decoded is never longer.
        var length = Ascii.IsValid(body) ? JoinLines(body, decoded) : JoinLines(LowBytes(body, decoded), decoded);
        return DecodeBytes(decoded[..length]);
    }

    private static ReadOnlySpan<byte> LowBytes(ReadOnlySpan<byte> body, Span<byte> bytes)
    {
        using var text = new TextBuffer(body.Length);
        text.AppendUtf8(body);
        var length = 0;
        foreach (var character in text.Text)
        {
            // Unicode's own line separators end a line here too, as far as trailing white space is concerned.
            if (character is '\u2028' or '\u2029')
            {
                length = WithoutTrailingSpaces(bytes[..length]).Length;
            }

            bytes[length++] = (byte)character;
        }

        return bytes[..length];
    }

    /// <summary>Removes soft breaks and the white space at the ends of lines, which may be done in place.</summary>
    private static int JoinLines(ReadOnlySpan<byte> body, Span<byte> joined)
    {
        var length = 0;
        while (!body.IsEmpty)
        {
            var end = body.IndexOfAny((byte)'\r', (byte)'\n');
            var line = WithoutTrailingSpaces(end < 0 ? body : body[..end]);
            body = end < 0 ? [] : body[end..];
            var breakLength = body.StartsWith("\r\n"u8) ? 2 : Math.Min(body.Length, 1);
            var isSoft = line.EndsWith("="u8) && (body.IsEmpty || body[breakLength - 1] == '\n');
            if (isSoft)
            {
                line = line[..^1];
            }

            line.CopyTo(joined[length..]);
            length += line.Length;
            if (!isSoft)
            {
                body[..breakLength].CopyTo(joined[length..]);
                length += breakLength;
            }

            body = body[breakLength..];
        }

        return length;
    }

    private static int DecodeBytes(Span<byte> text)
    {
        var length = 0;
        for (var position = 0; position < text.Length;)
        {
            var plain = text[position..].IndexOf((byte)'=');
            if (plain < 0)
            {
                plain = text.Length - position;
            }

            text.Slice(position, plain).CopyTo(text[length..]);
            length += plain;
            position += plain;
            var rest = text[position..];
            if (rest.Length >= 3 && char.IsAsciiHexDigit((char)rest[1]) && char.IsAsciiHexDigit((char)rest[2]))
            {
                text[length++] = (byte)((QEncoding.HexValue(rest[1]) << 4) | QEncoding.HexValue(rest[2]));
                position += 3;
            }
            else if (!rest.IsEmpty)
            {
                text[length++] = rest[0];
                position++;
            }
        }

        return length;
    }

    private static ReadOnlySpan<byte> WithoutTrailingSpaces(ReadOnlySpan<byte> line) => line.TrimEnd(" \t"u8);
}
