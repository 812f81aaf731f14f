using System.Runtime.Intrinsics;

namespace Lmtp.Server.Mime;

/// <summary>LF without a CR before it, which becomes CR LF in WildDuck's format.</summary>
internal static class BareLineFeed
{
    /// <summary>The position of the first one, or -1.</summary>
    /// <param name="bytes">The bytes to look through.</param>
    /// <param name="afterReturn">Whether the byte before them is a CR.</param>
    public static int Find(ReadOnlySpan<byte> bytes, bool afterReturn)
    {
        var carry = afterReturn ? 1U : 0U;
        var position = 0;
        for (; Vector256.IsHardwareAccelerated && position <= bytes.Length - Vector256<byte>.Count; position += Vector256<byte>.Count)
        {
            var block = Vector256.Create(bytes[position..]);
            var feeds = Vector256.Equals(block, Vector256.Create((byte)'\n')).ExtractMostSignificantBits();
            var returns = Vector256.Equals(block, Vector256.Create((byte)'\r')).ExtractMostSignificantBits();
            var bare = feeds & ~((returns << 1) | carry);
            if (bare != 0)
            {
                return position + int.TrailingZeroCount((int)bare);
            }

            carry = returns >> 31;
        }

        afterReturn = carry != 0;
        for (; position < bytes.Length; position++)
        {
            if (bytes[position] == '\n' && !afterReturn)
            {
                return position;
            }

            afterReturn = bytes[position] == '\r';
        }

        return -1;
    }

    /// <summary>Copies bytes and makes CR LF of every bare LF; returns the number of bytes written, at most twice as many.</summary>
    /// <param name="bytes">The bytes to copy.</param>
    /// <param name="afterReturn">Whether the byte before them is a CR.</param>
    /// <param name="copy">Receives the bytes.</param>
    public static int Replace(ReadOnlySpan<byte> bytes, bool afterReturn, Span<byte> copy)
    {
        var written = 0;
        while (Find(bytes, afterReturn) is >= 0 and var bare)
        {
            bytes[..bare].CopyTo(copy[written..]);
            written += bare;
            copy[written++] = (byte)'\r';
            copy[written++] = (byte)'\n';
            bytes = bytes[(bare + 1)..];
            afterReturn = false;
        }

        bytes.CopyTo(copy[written..]);
        return written + bytes.Length;
    }
}
