using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>Collects operations that belong together into a frame.</summary>
internal sealed class FrameBuilder
{
    private readonly ByteBuffer _buffer = new();

    /// <summary>Starts an empty frame.</summary>
    public FrameBuilder() => Clear();

    /// <summary>How many operations there are.</summary>
    public int Count { get; private set; }

    /// <summary>The size of the frame, in bytes.</summary>
    public int Length => _buffer.Length;

    /// <summary>Empties the frame.</summary>
    public void Clear()
    {
        _buffer.Truncate(0);
        _buffer.Reserve(FrameFormat.FrameHeaderSize);
        Count = 0;
    }

    /// <summary>Empties the frame and gives its memory back.</summary>
    public void Shrink()
    {
        _buffer.Shrink();
        Clear();
    }

    /// <summary>Adds an operation.</summary>
    /// <returns>Where it begins, in bytes from the beginning of the frame.</returns>
    public int Add(LogOperation kind, uint collection, long record, ReadOnlySpan<byte> data)
    {
        int offset = _buffer.Length;
        Span<byte> room = _buffer.Reserve(FrameFormat.OperationSize(data.Length));
        int length = FrameFormat.OperationHeaderSize + data.Length;
        data.CopyTo(room[FrameFormat.OperationHeaderSize..]);
        room[length..].Clear();
        FrameFormat.WriteOperationHeader(room[..length], kind, collection, record);
        Count++;
        return offset;
    }

    /// <summary>Writes the frame's header.</summary>
    /// <param name="position">The log position of the frame.</param>
    /// <param name="durable">Up to where the log is on disk.</param>
    /// <returns>The frame; valid until the next change.</returns>
    public ReadOnlySpan<byte> Complete(long position, long durable)
    {
        FrameHeader header = new(_buffer.Length - FrameFormat.FrameHeaderSize, position, durable, Count);
        Span<byte> bytes = _buffer.WritableSpan;
        FrameFormat.WriteFrameHeader(bytes, header);
        return bytes;
    }
}
