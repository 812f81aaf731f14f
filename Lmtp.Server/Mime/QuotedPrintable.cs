using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Decodes quoted-printable bodies (RFC 2045 section 6.7), leniently.</summary>
internal static class QuotedPrintable
{
    /// <summary>
    /// Decodes a body. 8-bit bytes, which have no place in it, are read as UTF-8 first and come out as the low byte of
    /// each character, as in WildDuck.
    /// </summary>
    public static byte[] Decode(ReadOnlySpan<byte> body)
    {
        if (Ascii.IsValid(body))
        {
            return DecodeAscii(body);
        }

        var text = Encoding.UTF8.GetString(body);
        var bytes = new byte[text.Length];
        var length = 0;
        foreach (var character in text)
        {
            // Unicode's own line separators end a line here too, as far as trailing white space is concerned.
            if (character is '\u2028' or '\u2029')
            {
                length = WithoutTrailingSpaces(bytes.AsSpan(0, length)).Length;
            }

            bytes[length++] = (byte)character;
        }

        return DecodeAscii(bytes.AsSpan(0, length));
    }

    private static byte[] DecodeAscii(ReadOnlySpan<byte> body)
    {
        // Soft breaks go first: one may stand in the middle of an encoded byte.
        var joined = new byte[body.Length];
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

            line.CopyTo(joined.AsSpan(length));
            length += line.Length;
            if (!isSoft)
            {
                body[..breakLength].CopyTo(joined.AsSpan(length));
                length += breakLength;
            }

            body = body[breakLength..];
        }

        return DecodeBytes(joined.AsSpan(0, length));
    }

    private static byte[] DecodeBytes(ReadOnlySpan<byte> text)
    {
        var decoded = new byte[text.Length];
        var length = 0;
        while (!text.IsEmpty)
        {
            var plain = text.IndexOf((byte)'=');
            if (plain < 0)
            {
                plain = text.Length;
            }

            text[..plain].CopyTo(decoded.AsSpan(length));
            length += plain;
            text = text[plain..];
            if (text.Length >= 3 && char.IsAsciiHexDigit((char)text[1]) && char.IsAsciiHexDigit((char)text[2]))
            {
                decoded[length++] = (byte)((QEncoding.HexValue(text[1]) << 4) | QEncoding.HexValue(text[2]));
                text = text[3..];
            }
            else if (!text.IsEmpty)
            {
                decoded[length++] = text[0];
                text = text[1..];
            }
        }

        return decoded.AsSpan(0, length).ToArray();
    }

    private static ReadOnlySpan<byte> WithoutTrailingSpaces(ReadOnlySpan<byte> line) => line.TrimEnd(" \t"u8);
}
