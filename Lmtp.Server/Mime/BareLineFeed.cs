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
            var bare = FindInBlock(Vector256.Create(bytes[position..]), ref carry);
            if (bare != 0)
            {
                return position + int.TrailingZeroCount((int)bare);
            }
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
        var carry = afterReturn ? 1U : 0U;
        var (position, written) = (0, 0);
        for (; Vector256.IsHardwareAccelerated && position <= bytes.Length - Vector256<byte>.Count; position += Vector256<byte>.Count)
        {
            var block = Vector256.Create(bytes[position..]);
            var bare = FindInBlock(block, ref carry);
            if (bare == 0)
            {
                block.CopyTo(copy[written..]);
                written += Vector256<byte>.Count;
                continue;
            }

            foreach (var value in bytes.Slice(position, Vector256<byte>.Count))
            {
                // Written always and kept only before a bare LF: no branch has to be foretold.
                copy[written] = (byte)'\r';
                written += (int)(bare & 1);
                copy[written++] = value;
                bare >>= 1;
            }
        }

        afterReturn = carry != 0;
        foreach (var value in bytes[position..])
        {
            if (value == '\n' && !afterReturn)
            {
                copy[written++] = (byte)'\r';
            }

            copy[written++] = value;
            afterReturn = value == '\r';
        }

        return written;
    }

    /// <summary>The bare LF in a block, a bit for each.</summary>
    /// <param name="block">The bytes.</param>
    /// <param name="afterReturn">1 when the byte before them is a CR; then the same for what follows.</param>
    private static uint FindInBlock(Vector256<byte> block, ref uint afterReturn)
    {
        var feeds = Vector256.Equals(block, Vector256.Create((byte)'\n')).ExtractMostSignificantBits();
        var returns = Vector256.Equals(block, Vector256.Create((byte)'\r')).ExtractMostSignificantBits();
        var bare = feeds & ~((returns << 1) | afterReturn);
        afterReturn = returns >> 31;
        return bare;
    }
}
