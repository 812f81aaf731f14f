using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>Bytes that grow, in memory that goes back to a pool.</summary>
internal sealed class ByteBuffer : IDisposable
{
    private const int LeastCapacity = 128;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    /// <summary>The bytes. Valid until something is appended.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>A part of the bytes. Valid until something is appended.</summary>
    public ReadOnlyMemory<byte> Slice(int start, int length) => _bytes.AsMemory(0, Length).Slice(start, length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length).Span);
        Length += bytes.Length;
    }

    /// <summary>Room behind the bytes, to be filled before <see cref="Advance"/>.</summary>
    public Memory<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            var grown = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(LeastCapacity, _bytes.Length * 2), Length + count));
            Bytes.CopyTo(grown);
            Return();
            _bytes = grown;
        }

        return _bytes.AsMemory(Length, count);
    }

    /// <summary>Takes over what was written to the reserved room.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Forgets everything from a position on.</summary>
    public void CutAt(int length) => Length = Math.Min(Length, length);

    public void Clear() => Length = 0;

    /// <summary>Forgets the first bytes.</summary>
    public void RemoveFirst(int count)
    {
        if (count > 0)
        {
            _bytes.AsSpan(count, Length - count).CopyTo(_bytes);
            Length -= count;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        _bytes = [];
        Length = 0;
    }

    private void Return()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
