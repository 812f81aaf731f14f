namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>A growing buffer of bytes.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[48];

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes so far; valid until the next append.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>The bytes so far, for changes in place; valid until the next append.</summary>
    public Span<byte> WritableSpan => _bytes.AsSpan(0, Length);

    /// <summary>Appends one byte.</summary>
    public void Append(byte value) => Reserve(1)[0] = value;

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> values) => values.CopyTo(Reserve(values.Length));

    /// <summary>Appends room for bytes that the caller fills in.</summary>
    /// <param name="count">How many bytes.</param>
    public Span<byte> Reserve(int count)
    {
        int start = Length;
        if (start + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + count));
        }

        Length = start + count;
        return _bytes.AsSpan(start, count);
    }

    /// <summary>Inverts all bytes from a position on, which turns their order around.</summary>
    /// <param name="start">The first byte to invert.</param>
    public void Invert(int start)
    {
        foreach (ref byte value in _bytes.AsSpan(start, Length - start))
        {
            value = (byte)~value;
        }
    }

    /// <summary>Cuts the buffer.</summary>
    /// <param name="length">How many bytes stay.</param>
    public void Truncate(int length) => Length = length;

    /// <summary>Empties the buffer and gives its memory back.</summary>
    public void Shrink()
    {
        Length = 0;
        _bytes = [];
    }

    /// <summary>Copies the bytes.</summary>
    public byte[] ToArray() => Span.ToArray();
}
