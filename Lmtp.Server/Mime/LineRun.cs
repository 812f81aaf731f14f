using System.Numerics;
using System.Runtime.Intrinsics;

namespace Lmtp.Server.Mime;

/// <summary>
/// Whole lines of a body in which nothing has to be decided line by line: each ends in CR LF, holds no other CR or LF,
/// and does not begin with a hyphen, as delimiters do.
/// </summary>
/// <param name="Length">Bytes, breaks included; 0 when the bytes begin with another line.</param>
/// <param name="Lines">The number of lines.</param>
internal readonly record struct LineRun(int Length, int Lines)
{
    /// <summary>Finds the run with which some bytes begin. They stand at the beginning of a line.</summary>
    public static LineRun Find(ReadOnlySpan<byte> bytes)
    {
        var lines = 0;
        var lastBreak = -1;
        var afterReturn = 0U;
        var afterFeed = 1U;
        var position = 0;
        for (; Vector256.IsHardwareAccelerated && position <= bytes.Length - Vector256<byte>.Count; position += Vector256<byte>.Count)
        {
            var block = Vector256.Create(bytes[position..]);
            var returns = Vector256.Equals(block, Vector256.Create((byte)'\r')).ExtractMostSignificantBits();
            var feeds = Vector256.Equals(block, Vector256.Create((byte)'\n')).ExtractMostSignificantBits();
            var hyphens = Vector256.Equals(block, Vector256.Create((byte)'-')).ExtractMostSignificantBits();

            // An LF without CR, a CR without LF, and a hyphen behind an LF end the run.
            var ends = (((returns << 1) | afterReturn) ^ feeds) | (((feeds << 1) | afterFeed) & hyphens);
            if (ends != 0)
            {
                feeds &= (1U << BitOperations.TrailingZeroCount(ends)) - 1;
            }

            if (feeds != 0)
            {
                lines += BitOperations.PopCount(feeds);
                lastBreak = position + 31 - BitOperations.LeadingZeroCount(feeds);
            }

            if (ends != 0)
            {
                return new LineRun(lastBreak + 1, lines);
            }

            afterReturn = returns >> 31;
            afterFeed = feeds >> 31;
        }

        return FindInRest(bytes, position, afterReturn != 0, afterFeed != 0, new LineRun(lastBreak + 1, lines));
    }

    private static LineRun FindInRest(ReadOnlySpan<byte> bytes, int position, bool afterReturn, bool afterFeed, LineRun run)
    {
        for (; position < bytes.Length; position++)
        {
            var value = bytes[position];
            if ((value == '\n') != afterReturn || (afterFeed && value == '-'))
            {
                break;
            }

            afterReturn = value == '\r';
            afterFeed = value == '\n';
            if (afterFeed)
            {
                run = new LineRun(position + 1, run.Lines + 1);
            }
        }

        return run;
    }
}
