using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>A read-only document that is kept as bytes and reads a value only when it is asked for.</summary>
public class RawBsonDocument : BsonDocument, IDisposable
{
    private readonly IByteBuffer _slice;
    private readonly ReadOnlyMemory<byte> _memory;
    private bool _disposed;

    /// <summary>Creates one over a buffer.</summary>
    public RawBsonDocument(IByteBuffer slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        _slice = slice;
        _memory = slice is ByteArrayBuffer array ? array.Memory : slice.AccessBackingBytes(0).AsMemory(0, slice.Length);
    }

    /// <summary>Creates one over bytes.</summary>
    public RawBsonDocument(byte[] bytes)
        : this(new ByteArrayBuffer(bytes, isReadOnly: true))
    {
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
    public override int ElementCount
    {
        get
        {
            var count = 0;
            var reader = OpenReader();
            for (BsonType type; (type = reader.ReadType()) != BsonType.EndOfDocument; count++)
            {
                reader.ReadCStringBytes();
                reader.Skip(type);
            }

            return count;
        }
    }

    /// <inheritdoc />
    public override IEnumerable<BsonElement> Elements
    {
        get
        {
            var position = sizeof(int);
            while (TryReadElement(ref position, out var element))
            {
                yield return element;
            }
        }
    }

    internal ReadOnlySpan<byte> Bytes
    {
        get
        {
            ThrowIfDisposed();
            return _memory.Span;
        }
    }

    /// <inheritdoc />
    public override BsonValue Clone()
    {
        ThrowIfDisposed();
        return new RawBsonDocument(_slice.GetSlice(0, _slice.Length));
    }

    /// <inheritdoc />
    public override BsonValue DeepClone() => new RawBsonDocument(Bytes.ToArray());

    /// <summary>Releases the buffer.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public override BsonElement GetElement(int index) => Elements.ElementAt(index);

    /// <inheritdoc />
    public override int IndexOfName(string name)
    {
        var index = 0;
        foreach (var candidate in Names)
        {
            if (candidate == name)
            {
                return index;
            }

            index++;
        }

        return -1;
    }

    /// <inheritdoc />
    public override bool Contains(string name) => TryGetElement(name, out _);

    /// <inheritdoc />
    public override bool TryGetElement(string name, out BsonElement element)
    {
        ArgumentNullException.ThrowIfNull(name);
        var reader = OpenReader();
        for (BsonType type; (type = reader.ReadType()) != BsonType.EndOfDocument;)
        {
            if (Matches(reader.ReadCStringBytes(), name))
            {
                element = new BsonElement(name, ReadValue(ref reader, type));
                return true;
            }

            reader.Skip(type);
        }

        element = default;
        return false;
    }

    /// <summary>The document as an ordinary, changeable one.</summary>
    public BsonDocument Materialize(BsonBinaryReaderSettings binaryReaderSettings) => BsonDecoder.ReadDocument(Bytes);

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

    private protected override void EnsureWritable() => throw new NotSupportedException("RawBsonDocument instances are immutable.");

    /// <summary>Compares without making a string of the stored name.</summary>
    private static bool Matches(ReadOnlySpan<byte> stored, string name)
    {
        if (stored.Length == name.Length && System.Text.Ascii.Equals(stored, name))
        {
            return true;
        }

        return stored.Length > name.Length && stored.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(name));
    }

    private BsonSpanReader OpenReader()
    {
        var reader = new BsonSpanReader(Bytes);
        reader.Take(sizeof(int));
        return reader;
    }

    private bool TryReadElement(ref int position, out BsonElement element)
    {
        var reader = new BsonSpanReader(Bytes);
        reader.Take(position);
        var type = reader.ReadType();
        if (type == BsonType.EndOfDocument)
        {
            element = default;
            return false;
        }

        element = new BsonElement(reader.ReadName(), ReadValue(ref reader, type));
        position = reader.Position;
        return true;
    }

    private BsonValue ReadValue(ref BsonSpanReader reader, BsonType type)
    {
        if (type is not (BsonType.Document or BsonType.Array))
        {
            return BsonDecoder.ReadValue(ref reader, type);
        }

        var start = reader.Position;
        var length = reader.ReadDocumentBytes().Length;
        var slice = _slice.GetSlice(start, length);
        return type == BsonType.Document ? new RawBsonDocument(slice) : new RawBsonArray(slice);
    }
}
