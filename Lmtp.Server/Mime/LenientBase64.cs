namespace Lmtp.Server.Mime;

/// <summary>
/// Base64 as Node's decoder reads it: characters of no meaning are skipped, the URL-safe alphabet counts too, and the
/// first padding ends it.
/// </summary>
internal static class LenientBase64
{
    private const sbyte Skip = -1;
    private const sbyte Stop = -2;

    private static readonly sbyte[] Digits = CreateDigits();

    /// <summary>Decodes bytes that hold base64 text.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> text)
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
            else if (digit == Stop)
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

    /// <summary>Decodes the text of an encoded word: pieces between paddings are decoded one by one.</summary>
    public static byte[] DecodeWord(ReadOnlySpan<char> text)
    {
        var decoded = new MemoryStream(text.Length);
        foreach (var range in text.Split('='))
        {
            var piece = text[range];
            var bytes = new byte[piece.Length];
            for (var index = 0; index < piece.Length; index++)
            {
                bytes[index] = piece[index] <= 0xFF ? (byte)piece[index] : (byte)0;
            }

            decoded.Write(Decode(bytes));
        }

        return decoded.ToArray();
    }

    private static sbyte[] CreateDigits()
    {
        var digits = new sbyte[256];
        Array.Fill(digits, Skip);
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (var index = 0; index < Alphabet.Length; index++)
        {
            digits[Alphabet[index]] = (sbyte)index;
        }

        digits['-'] = 62;
        digits['_'] = 63;
        digits['='] = Stop;
        return digits;
    }
}
