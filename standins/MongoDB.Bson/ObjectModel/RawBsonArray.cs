using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>A read-only array that is kept as bytes until a value is asked for.</summary>
public class RawBsonArray : BsonArray, IDisposable
{
    private readonly IByteBuffer _slice;
    private BsonValue[] _read;
    private bool _disposed;

    /// <summary>Creates one over a buffer.</summary>
    public RawBsonArray(IByteBuffer slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        _slice = slice;
    }

    /// <summary>The bytes.</summary>
    public IByteBuffer Slice
    {
        get
        {
            ThrowIfDisposed();
            return _slice;
        }
    }

    /// <inheritdoc />
    public override int Capacity
    {
        get => Count;
        set => throw Immutable();
    }

    /// <inheritdoc />
    public override int Count => Read().Length;

    /// <inheritdoc />
    public override bool IsReadOnly => true;

    /// <inheritdoc />
    public override IEnumerable<BsonValue> Values => Read();

    internal override ReadOnlySpan<BsonValue> ValueSpan => Read();

    internal ReadOnlySpan<byte> Bytes
    {
        get
        {
            ThrowIfDisposed();
            return _slice.AccessBackingBytes(0).AsSpan(0, _slice.Length);
        }
    }

    /// <inheritdoc />
    public override BsonValue this[int index]
    {
        get => Read()[index];
        set => throw Immutable();
    }

    /// <inheritdoc />
    public override BsonArray Add(BsonValue value) => throw Immutable();

    /// <inheritdoc />
    public override void Clear() => throw Immutable();

    /// <inheritdoc />
    public override BsonValue Clone()
    {
        ThrowIfDisposed();
        return new RawBsonArray(_slice.GetSlice(0, _slice.Length));
    }

    /// <inheritdoc />
    public override BsonValue DeepClone() => new RawBsonArray(new ByteArrayBuffer(Bytes.ToArray(), isReadOnly: true));

    /// <summary>Releases the buffer.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public override int IndexOf(BsonValue value) => Array.IndexOf(Read(), value);

    /// <inheritdoc />
    public override int IndexOf(BsonValue value, int index) => Array.IndexOf(Read(), value, index);

    /// <inheritdoc />
    public override int IndexOf(BsonValue value, int index, int count) => Array.IndexOf(Read(), value, index, count);

    /// <inheritdoc />
    public override void Insert(int index, BsonValue value) => throw Immutable();

    /// <summary>The array as an ordinary, changeable one.</summary>
    public BsonArray Materialize(BsonBinaryReaderSettings binaryReaderSettings)
    {
        var reader = new BsonSpanReader(Bytes);
        return (BsonArray)BsonDecoder.ReadValue(ref reader, BsonType.Array);
    }

    /// <inheritdoc />
    public override bool Remove(BsonValue value) => throw Immutable();

    /// <inheritdoc />
    public override void RemoveAt(int index) => throw Immutable();

    /// <summary>Releases the buffer.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _slice.Dispose();
        }
    }

    /// <summary>Guards against use after release.</summary>
    protected void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    private static NotSupportedException Immutable() => new("RawBsonArray instances are immutable.");

    /// <summary>An array has the layout of a document whose names are the positions.</summary>
    private BsonValue[] Read()
    {
        ThrowIfDisposed();
        return _read ??= [.. new RawBsonDocument(_slice).Values];
    }
}
