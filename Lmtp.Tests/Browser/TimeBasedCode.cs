using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Lmtp.Tests.Browser;

/// <summary>What an authenticator app shows: RFC 6238 with SHA-1, six digits and steps of 30 seconds.</summary>
internal static class TimeBasedCode
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Now(string base32Key)
    {
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // The algorithm of the standard.
        var hash = HMACSHA1.HashData(Decode(base32Key), step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string text)
    {
        List<byte> bytes = [];
        var (buffer, bits) = (0, 0);
        foreach (var c in text.Where(char.IsLetterOrDigit))
        {
            (buffer, bits) = (((buffer << 5) | Alphabet.IndexOf(c, StringComparison.Ordinal)) & 0xFFFF, bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return [.. bytes];
    }
}
