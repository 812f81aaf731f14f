using System.Buffers;

namespace Lmtp.Server.Mime.Recovery;

/// <summary>Reads what <see cref="PatchEncoder"/> wrote, and writes the received bytes as it goes.</summary>
/// <param name="rebuilt">What the stored message gives back; it can be read at any place.</param>
/// <param name="operations">The operations.</param>
/// <param name="received">Takes the received bytes.</param>
internal sealed class PatchDecoder(Stream rebuilt, Stream operations, Stream received)
{
    private const int BufferSize = 64 * 1024;
    private const int MaxShift = 28;

    private readonly byte[] _number = new byte[1];
    private long _missing;

    /// <summary>Writes a message of the given length.</summary>
    /// <exception cref="InvalidDataException">The operations are damaged or belong to another message.</exception>
    /// <exception cref="EndOfStreamException">The operations are cut off.</exception>
    public async ValueTask DecodeAsync(long length, CancellationToken cancellationToken)
    {
        _missing = length;
        long expected = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                var literal = await ReadNumberAsync(cancellationToken).ConfigureAwait(false);
                await CopyAsync(operations, literal, buffer, cancellationToken).ConfigureAwait(false);
                if (_missing == 0)
                {
                    return;
                }

                var copied = await ReadNumberAsync(cancellationToken).ConfigureAwait(false);
                var source = expected + Signed(await ReadNumberAsync(cancellationToken).ConfigureAwait(false));
                if (copied == 0 || source < 0 || copied > rebuilt.Length - source)
                {
                    throw Damaged();
                }

                rebuilt.Position = source;
                await CopyAsync(rebuilt, copied, buffer, cancellationToken).ConfigureAwait(false);
                expected = source + copied;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask CopyAsync(Stream source, uint count, byte[] buffer, CancellationToken cancellationToken)
    {
        if (count > _missing)
        {
            throw Damaged();
        }

        _missing -= count;
        while (count > 0)
        {
            var piece = buffer.AsMemory(0, (int)Math.Min(count, BufferSize));
            await source.ReadExactlyAsync(piece, cancellationToken).ConfigureAwait(false);
            await received.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            count -= (uint)piece.Length;
        }
    }

    private async ValueTask<uint> ReadNumberAsync(CancellationToken cancellationToken)
    {
        uint number = 0;
        for (var shift = 0; shift <= MaxShift; shift += 7)
        {
            await operations.ReadExactlyAsync(_number, cancellationToken).ConfigureAwait(false);
            number |= (uint)(_number[0] & 0x7F) << shift;
            if (_number[0] < 0x80)
            {
                return number;
            }
        }

        throw Damaged();
    }

    private static int Signed(uint number) => (int)(number >> 1) ^ -(int)(number & 1);

    private static InvalidDataException Damaged() => new("The recovery patch does not fit the stored message.");
}
