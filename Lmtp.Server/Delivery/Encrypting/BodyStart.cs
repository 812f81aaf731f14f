using Lmtp.Server.Mime;

namespace Lmtp.Server.Delivery.Encrypting;

/// <summary>
/// Finds where the body of a message begins: behind the first empty line, by the same line breaks that the indexer knows.
/// CRs with an LF behind them are one break, others are one each.
/// </summary>
internal static class BodyStart
{
    private const int BlockSize = 16 * 1024;

    /// <summary>The position of the body; the length of the message where there is no empty line.</summary>
    public static async ValueTask<long> FindAsync(IMessageSource source, CancellationToken cancellationToken)
    {
        var block = new byte[BlockSize];
        var lines = default(Lines);
        for (var offset = 0L; offset < source.Length; offset += BlockSize)
        {
            var bytes = block.AsMemory(0, (int)Math.Min(BlockSize, source.Length - offset));
            await source.ReadAsync(offset, bytes, cancellationToken);
            if (lines.FindEmpty(bytes.Span, offset) is { } body)
            {
                return body;
            }
        }

        return lines.FindEmptyAtEnd(source.Length) ?? source.Length;
    }

    /// <summary>Where the reading of lines has come to.</summary>
    private struct Lines
    {
        private bool _hasText;
        private int _carriageReturns;

        /// <summary>The position behind the first empty line in a block that begins at an offset.</summary>
        public long? FindEmpty(ReadOnlySpan<byte> block, long offset)
        {
            for (var index = 0; index < block.Length; index++)
            {
                if (block[index] == '\r')
                {
                    _carriageReturns++;
                }
                else if (block[index] == '\n')
                {
                    if (!_hasText)
                    {
                        return offset + index + 1;
                    }

                    _hasText = false;
                    _carriageReturns = 0;
                }
                else
                {
                    if (FindEmptyAtEnd(offset + index) is { } body)
                    {
                        return body;
                    }

                    _hasText = true;
                    _carriageReturns = 0;
                }
            }

            return null;
        }

        /// <summary>The position behind the first empty line among the CRs that end at a position, without an LF behind them.</summary>
        public readonly long? FindEmptyAtEnd(long end)
        {
            var first = _hasText ? 2 : 1;
            return _carriageReturns >= first ? end - _carriageReturns + first : null;
        }
    }
}
