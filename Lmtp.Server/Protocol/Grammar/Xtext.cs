using System.Text;

namespace Lmtp.Server.Protocol.Grammar;

/// <summary>xtext of RFC 3461 section 4: printable ASCII in which <c>+XX</c> stands for any byte.</summary>
internal static class Xtext
{
    /// <summary>Decodes, or returns null when the input is not xtext or not UTF-8 once decoded.</summary>
    public static string? Decode(ReadOnlySpan<byte> input)
    {
        var decoded = new byte[input.Length];
        var length = 0;
        for (var i = 0; i < input.Length; i++)
        {
            var b = input[i];
            if (b is < 0x21 or > 0x7E or (byte)'=')
            {
                return null;
            }

            if (b != '+')
            {
                decoded[length++] = b;
                continue;
            }

            if (i + 2 >= input.Length || !TryHex(input[i + 1], out var high) || !TryHex(input[i + 2], out var low))
            {
                return null;
            }

            decoded[length++] = (byte)((high << 4) | low);
            i += 2;
        }

        var text = decoded.AsSpan(0, length);
        return System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : null;
    }

    /// <summary>Only upper-case digits are in the grammar, so that every string has one spelling.</summary>
    private static bool TryHex(byte digit, out int value)
    {
        value = digit switch
        {
            >= (byte)'0' and <= (byte)'9' => digit - '0',
            >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
            _ => -1,
        };
        return value >= 0;
    }
}
