using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Lmtp.Server.Encryption;

/// <summary>
/// Random bytes that follow from a key alone: HMAC-SHA-256 over a counter. Whoever has the key gets the same bytes in the
/// same order; nobody else can tell them from others.
/// </summary>
internal sealed class SeededRandom : IDisposable
{
    private readonly byte[] _key;
    private readonly byte[] _block = new byte[HMACSHA256.HashSizeInBytes];
    private ulong _counter;
    private int _used = HMACSHA256.HashSizeInBytes;

    /// <summary>Starts the sequence of a key of 32 bytes.</summary>
    public SeededRandom(ReadOnlySpan<byte> key) => _key = key.ToArray();

    /// <summary>The next bytes of the sequence.</summary>
    public byte[] Next(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    /// <summary>Fills the span with the next bytes of the sequence.</summary>
    public void Fill(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            if (_used == _block.Length)
            {
                NextBlock();
            }

            var count = Math.Min(destination.Length, _block.Length - _used);
            _block.AsSpan(_used, count).CopyTo(destination);
            _used += count;
            destination = destination[count..];
        }
    }

    /// <summary>Fills the span with bytes of which none is zero.</summary>
    public void FillNonZero(Span<byte> destination)
    {
        Span<byte> next = stackalloc byte[1];
        foreach (ref var value in destination)
        {
            do
            {
                Fill(next);
            }
            while (next[0] == 0);
            value = next[0];
        }
    }

    /// <summary>A number from 1 to <paramref name="limit"/> - 1, all equally likely (FIPS 186-5, A.2.2).</summary>
    public byte[] NextBelow(BigInteger limit, int length)
    {
        var excessBits = (length * 8) - (int)limit.GetBitLength();
        while (true)
        {
            var candidate = Next(length);
            candidate[0] &= (byte)(0xFF >> excessBits);
            var number = new BigInteger(candidate, isUnsigned: true, isBigEndian: true);
            if (!number.IsZero && number < limit)
            {
                return candidate;
            }
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        CryptographicOperations.ZeroMemory(_block);
    }

    private void NextBlock()
    {
        Span<byte> counter = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(counter, _counter++);
        HMACSHA256.HashData(_key, counter, _block);
        _used = 0;
    }
}
