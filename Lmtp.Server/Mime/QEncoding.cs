using System.Globalization;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>The Q encoding of RFC 2047 section 4.2.</summary>
internal static class QEncoding
{
    /// <summary>Decodes the text of an encoded word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="decoded">Receives the bytes; as long as the text may be in UTF-8.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Decode(ReadOnlySpan<char> text, Span<byte> decoded) =>
        TryDecodeOrdinary(text, decoded, out var length) ? length : DecodeRepaired(text, decoded);

    /// <summary>Decodes a word that is all ASCII and was not folded in the wrong place.</summary>
    private static bool TryDecodeOrdinary(ReadOnlySpan<char> text, Span<byte> decoded, out int length)
    {
        length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character >= 0x80)
            {
                return false;
            }

            if (character == '=' && index + 1 < text.Length)
            {
                if (Whitespace.Is(text[index + 1]))
                {
                    return false;
                }

                if (index + 2 < text.Length && char.IsAsciiHexDigit(text[index + 1]) && char.IsAsciiHexDigit(text[index + 2]))
                {
                    decoded[length++] = (byte)((HexValue((byte)text[index + 1]) << 4) | HexValue((byte)text[index + 2]));
                    index += 2;
                    continue;
                }
            }

            decoded[length++] = character == '_' || Whitespace.Is(character) ? (byte)' ' : (byte)character;
        }

        return true;
    }

    private static int DecodeRepaired(ReadOnlySpan<char> text, Span<byte> decoded)
    {
        using var scratch = new ScratchText();
        var repaired = scratch.Buffer;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            repaired.Append(character == '_' || Whitespace.Is(character) ? ' ' : character);
            if (character == '=')
            {
                // A word that was folded in the wrong place has white space between = and its digits.
                var next = index + 1;
                while (next < text.Length && Whitespace.Is(text[next]))
                {
                    next++;
                }

                if (next < text.Length && char.IsAsciiHexDigit(text[next]))
                {
                    index = next - 1;
                }
            }
        }

        var bytes = decoded[..Encoding.UTF8.GetBytes(repaired.Text, decoded)];
        var length = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            if (bytes[index] == '='
                && index + 2 < bytes.Length
                && char.IsAsciiHexDigit((char)bytes[index + 1])
                && char.IsAsciiHexDigit((char)bytes[index + 2]))
            {
                bytes[length++] = (byte)((HexValue(bytes[index + 1]) << 4) | HexValue(bytes[index + 2]));
                index += 2;
            }
            else
            {
                bytes[length++] = bytes[index];
            }
        }

        return length;
    }

    public static string Encode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        var encoded = new StringBuilder(bytes.Length * 3);
        foreach (var value in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'!' or (byte)'*' or (byte)'+' or (byte)'-' or (byte)'/')
            {
                encoded.Append((char)value);
            }
            else if (value == ' ')
            {
                encoded.Append('_');
            }
            else
            {
                encoded.Append('=').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    internal static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
