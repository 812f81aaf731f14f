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
    public static byte[] Decode(ReadOnlySpan<byte> text) =>
        Ascii.IsValid(text) ? DecodeBytes(text) : DecodeBytes(LowBytes(Encoding.UTF8.GetString(text)));

    /// <summary>Decodes the text of an encoded word: pieces between paddings are decoded one by one.</summary>
    public static byte[] DecodeWord(ReadOnlySpan<char> text)
    {
        var decoded = new MemoryStream(text.Length);
        foreach (var range in text.Split('='))
        {
            decoded.Write(DecodeBytes(LowBytes(text[range])));
        }

        return decoded.ToArray();
    }

    private static byte[] DecodeBytes(ReadOnlySpan<byte> text)
    {
        var decoded = new byte[(text.Length / 4 * 3) + 3];
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

        return decoded.AsSpan(0, length).ToArray();
    }

    /// <summary>Node looks at the low byte of a character only.</summary>
    private static byte[] LowBytes(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length];
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)text[index];
        }

        return bytes;
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
