using System.Numerics;
using System.Runtime.Intrinsics;

namespace Lmtp.Server.Mime;

/// <summary>
/// Whole lines of a body of which none is a delimiter, so that nothing has to be decided line by line. They may end in
/// any way in which lines end.
/// </summary>
/// <param name="Length">Bytes, breaks included; 0 when the bytes begin with a line that has to be looked at.</param>
/// <param name="Lines">The number of lines.</param>
/// <param name="BareLineFeeds">How many of them end in a LF without CR.</param>
internal readonly record struct LineRun(int Length, int Lines, int BareLineFeeds)
{
    /// <summary>Finds the run with which some bytes begin. They stand at the beginning of a line.</summary>
    /// <param name="bytes">The bytes; what follows them is not known.</param>
    /// <param name="tree">Knows the delimiters.</param>
    public static LineRun Find(ReadOnlySpan<byte> bytes, TreeBuilder tree)
    {
        var scanner = new Scanner(bytes, tree);
        return scanner.Scan();
    }

    private ref struct Scanner(ReadOnlySpan<byte> bytes, TreeBuilder tree)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _end;
        private int _lines;
        private int _bareLineFeeds;
        private int _carriageReturns;
        private bool _atLineStart = true;

        public LineRun Scan()
        {
            var position = 0;
            for (; Vector256.IsHardwareAccelerated && position <= _bytes.Length - Vector256<byte>.Count; position += Vector256<byte>.Count)
            {
                if (!TryPassBlock(position) && !PassBytes(position, position + Vector256<byte>.Count))
                {
                    return Found();
                }
            }

            PassBytes(position, _bytes.Length);
            return Found();
        }

        private readonly LineRun Found() => new(_end, _lines, _bareLineFeeds);

        /// <summary>Goes over a block at once, unless a CR without LF or a hyphen at the beginning of a line is in it.</summary>
        private bool TryPassBlock(int position)
        {
            if (_carriageReturns > 1)
            {
                return false;
            }

            var block = Vector256.Create(_bytes[position..]);
            var returns = Vector256.Equals(block, Vector256.Create((byte)'\r')).ExtractMostSignificantBits();
            var feeds = Vector256.Equals(block, Vector256.Create((byte)'\n')).ExtractMostSignificantBits();
            var hyphens = Vector256.Equals(block, Vector256.Create((byte)'-')).ExtractMostSignificantBits();
            var afterReturn = (returns << 1) | (uint)_carriageReturns;
            var lineStarts = (feeds << 1) | (_atLineStart ? 1U : 0U);
            if (((afterReturn & ~feeds) | (lineStarts & hyphens)) != 0)
            {
                return false;
            }

            if (feeds != 0)
            {
                _lines += BitOperations.PopCount(feeds);
                _bareLineFeeds += BitOperations.PopCount(feeds & ~afterReturn);
                _end = position + 32 - BitOperations.LeadingZeroCount(feeds);
            }

            _carriageReturns = (int)(returns >> 31);
            _atLineStart = feeds >> 31 != 0;
            return true;
        }

        /// <summary>Goes on byte by byte; false at a line that may be a delimiter.</summary>
        private bool PassBytes(int position, int end)
        {
            for (; position < end; position++)
            {
                var value = _bytes[position];
                if (value == '\r')
                {
                    _carriageReturns++;
                    continue;
                }

                if (value == '\n')
                {
                    _lines++;
                    _bareLineFeeds += _carriageReturns == 0 ? 1 : 0;
                    _carriageReturns = 0;
                    _end = position + 1;
                    _atLineStart = true;
                    continue;
                }

                if (_carriageReturns > 0)
                {
                    // Without a LF behind them, each of them is a break.
                    _lines += _carriageReturns;
                    _carriageReturns = 0;
                    _end = position;
                    _atLineStart = true;
                }

                if (_atLineStart && value == '-' && !IsText(_bytes[position..]))
                {
                    return false;
                }

                _atLineStart = false;
            }

            return true;
        }

        /// <summary>Whether bytes that begin with a line are enough to say that it is no delimiter.</summary>
        private readonly bool IsText(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length == 1)
            {
                return false;
            }

            if (bytes[1] != '-')
            {
                return true;
            }

            var longest = tree.LongestDelimiter;
            var length = bytes[..Math.Min(bytes.Length, longest + 1)].IndexOfAny((byte)'\r', (byte)'\n');
            return length < 0 ? bytes.Length > longest : !tree.HasDelimiter(bytes[..length]);
        }
    }
}
