namespace MongoDB.Bson.IO;

/// <summary>A buffer over a byte array.</summary>
public sealed class ByteArrayBuffer : IByteBuffer
{
    private readonly int _start;
    private byte[] _bytes;
    private int _length;

    /// <summary>Creates one over a whole array.</summary>
    public ByteArrayBuffer(byte[] bytes, bool isReadOnly = false)
        : this(bytes, bytes?.Length ?? 0, isReadOnly)
    {
    }

    /// <summary>Creates one over the first bytes of an array.</summary>
    public ByteArrayBuffer(byte[] bytes, int length, bool isReadOnly = false)
        : this(bytes, 0, length, isReadOnly)
    {
    }

    internal ByteArrayBuffer(byte[] bytes, int start, int length, bool isReadOnly)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(bytes.Length - start), nameof(length));
        _bytes = bytes;
        _start = start;
        _length = length;
        IsReadOnly = isReadOnly;
    }

    /// <inheritdoc />
    public int Capacity => IsReadOnly ? _length : _bytes.Length - _start;

    /// <inheritdoc />
    public bool IsReadOnly { get; private set; }

    /// <inheritdoc />
    public int Length
    {
        get => _length;
        set
        {
            ThrowIfReadOnly();
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)Capacity);
            _length = value;
        }
    }

    internal ReadOnlyMemory<byte> Memory => _bytes.AsMemory(_start, _length);

    /// <inheritdoc />
    public ArraySegment<byte> AccessBackingBytes(int position) => new(_bytes, _start + position, _length - position);

    /// <inheritdoc />
    public void Clear(int position, int count)
    {
        ThrowIfReadOnly();
        _bytes.AsSpan(_start + position, count).Clear();
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    /// <inheritdoc />
    public void EnsureCapacity(int minimumCapacity)
    {
        ThrowIfReadOnly();
        if (Capacity < minimumCapacity)
        {
            Array.Resize(ref _bytes, _start + Math.Max(minimumCapacity, Capacity * 2));
        }
    }

    /// <inheritdoc />
    public byte GetByte(int position) => Memory.Span[position];

    /// <inheritdoc />
    public void GetBytes(int position, byte[] destination, int offset, int count) => Memory.Span.Slice(position, count).CopyTo(destination.AsSpan(offset));

    /// <inheritdoc />
    public IByteBuffer GetSlice(int position, int length) => new ByteArrayBuffer(_bytes, _start + position, length, isReadOnly: true);

    /// <inheritdoc />
    public void MakeReadOnly() => IsReadOnly = true;

    /// <inheritdoc />
    public void SetByte(int position, byte value)
    {
        ThrowIfReadOnly();
        _bytes.AsSpan(_start, _length)[position] = value;
    }

    /// <inheritdoc />
    public void SetBytes(int position, byte[] source, int offset, int count)
    {
        ThrowIfReadOnly();
        source.AsSpan(offset, count).CopyTo(_bytes.AsSpan(_start + position, count));
    }

    private void ThrowIfReadOnly()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException("ByteArrayBuffer is not writable.");
        }
    }
}
