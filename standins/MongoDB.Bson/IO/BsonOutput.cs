using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>A growing buffer of pooled memory to which BSON is written.</summary>
internal sealed class BsonOutput : IDisposable
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _buffer;

    public BsonOutput(int capacity = 1024)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    }

    public int Position { get; private set; }

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, Position);

    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, Position);

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        Position = 0;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public void Truncate(int position) => Position = position;

    public Span<byte> Advance(int count)
    {
        if (_buffer.Length - Position < count)
        {
            Grow(count);
        }

        var span = _buffer.AsSpan(Position, count);
        Position += count;
        return span;
    }

    public void WriteByte(byte value) => Advance(1)[0] = value;

    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Advance(bytes.Length));

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Advance(sizeof(int)), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Advance(sizeof(long)), value);

    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Advance(sizeof(double)), value);

    /// <summary>Leaves room for a length that <see cref="EndLength"/> fills in.</summary>
    public int BeginLength()
    {
        var start = Position;
        WriteInt32(0);
        return start;
    }

    public void EndLength(int start) => BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start), Position - start);

    public void WriteCString(string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A CString cannot contain null bytes.", nameof(value));
        }

        WriteUtf8(value);
        WriteByte(0);
    }

    public void WriteString(string value)
    {
        var lengthAt = Position;
        WriteInt32(0);
        WriteUtf8(value);
        WriteByte(0);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(lengthAt), Position - lengthAt - sizeof(int));
    }

    /// <summary>The decimal digits of an array index as an element name.</summary>
    public void WriteIndexName(int index)
    {
        var digits = Advance(11);
        index.TryFormat(digits, out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        Position -= 11 - written;
        WriteByte(0);
    }

    private void WriteUtf8(string value)
    {
        var room = value.Length <= 256 ? value.Length * 3 : StrictUtf8.GetByteCount(value);
        var span = Advance(room);
        Position -= room - StrictUtf8.GetBytes(value, span);
    }

    private void Grow(int count)
    {
        var capacity = checked((int)Math.Min(Array.MaxLength, Math.Max((long)_buffer.Length * 2, (long)Position + count)));
        var larger = ArrayPool<byte>.Shared.Rent(capacity);
        _buffer.AsSpan(0, Position).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
