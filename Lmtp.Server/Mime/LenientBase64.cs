using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>
/// Base64 as Node's decoder reads it: characters of no meaning are skipped, the URL-safe alphabet counts too, and the
/// first padding ends it.
/// </summary>
internal static class LenientBase64
{
    private const sbyte Foreign = -1;
    private const sbyte Padding = -2;

    private static readonly sbyte[] Digits = CreateDigits();

    /// <summary>Decodes a body that holds base64 text.</summary>
    /// <param name="text">The body.</param>
    /// <param name="decoded">Receives the bytes; as long as the body. May be the same memory.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> decoded)
    {
        if (Ascii.IsValid(text))
        {
            return DecodeBytes(text, decoded);
        }

        // Node looks at the low byte of a character only.
        using var characters = new TextBuffer(text.Length);
        characters.AppendUtf8(text);
        return DecodeWordPiece(characters.Text, decoded);
    }

    /// <summary>Decodes the text of an encoded word: pieces between paddings are decoded one by one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="decoded">Receives the bytes; as long as the text.</param>
    /// <returns>The number of bytes written.</returns>
    public static int DecodeWord(ReadOnlySpan<char> text, Span<byte> decoded)
    {
        var length = 0;
        foreach (var range in text.Split('='))
        {
            length += DecodeWordPiece(text[range], decoded[length..]);
        }

        return length;
    }

    private static int DecodeWordPiece(ReadOnlySpan<char> text, Span<byte> decoded)
    {
        for (var index = 0; index < text.Length; index++)
        {
            decoded[index] = (byte)text[index];
        }

        return DecodeBytes(decoded[..text.Length], decoded);
    }

    /// <summary>Decodes bytes, perhaps in place: what is written is always behind what is read.</summary>
    private static int DecodeBytes(ReadOnlySpan<byte> text, Span<byte> decoded)
    {
        var length = 0;
        uint bits = 0;
        var count = 0;
        foreach (var character in text)
        {
            var digit = Digits[character];
            if (digit >= 0)
            {
                bits = (bits << 6) | (byte)digit;
                if (++count == 4)
                {
                    decoded[length++] = (byte)(bits >> 16);
                    decoded[length++] = (byte)(bits >> 8);
                    decoded[length++] = (byte)bits;
                    count = 0;
                }
            }
            else if (digit == Padding)
            {
                break;
            }
        }

        if (count >= 2)
        {
            decoded[length++] = (byte)(count == 2 ? bits >> 4 : bits >> 10);
        }

        if (count == 3)
        {
            decoded[length++] = (byte)(bits >> 2);
        }

        return length;
    }

    private static sbyte[] CreateDigits()
    {
        const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var digits = new sbyte[256];
        Array.Fill(digits, Foreign);
        for (var index = 0; index < Characters.Length; index++)
        {
            digits[Characters[index]] = (sbyte)index;
        }

        digits['-'] = 62;
        digits['_'] = 63;
        digits['='] = Padding;
        return digits;
    }
}
