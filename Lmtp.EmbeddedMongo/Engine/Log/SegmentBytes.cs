namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>A segment in memory, with what is needed to check it.</summary>
/// <param name="Number">The segment's number.</param>
/// <param name="Path">Its file.</param>
/// <param name="Start">The log position of its first byte.</param>
/// <param name="Bytes">Its contents.</param>
internal sealed record SegmentBytes(int Number, string Path, long Start, byte[] Bytes)
{
    /// <summary>Reads what is written of a segment so far.</summary>
    public static async Task<SegmentBytes> ReadAsync(Segment segment, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[segment.Length];
        int total = 0;
        while (total < bytes.Length)
        {
            int read = await segment.File.ReadAsync(bytes.AsMemory(total), total, cancellationToken);
            if (read == 0)
            {
                throw new CorruptDataException(segment.Path, total, "the file is shorter than it was");
            }

            total += read;
        }

        return new SegmentBytes(segment.Number, segment.Path, segment.Start, bytes);
    }

    /// <summary>Reads and checks the frame at an offset with all its operations.</summary>
    /// <returns>False where there is no whole frame.</returns>
    public bool TryReadFrame(int offset, out FrameHeader header)
    {
        ReadOnlySpan<byte> bytes = Bytes.AsSpan(offset);
        if (!FrameFormat.TryReadFrameHeader(bytes, out header) || header.Position != Start + offset
            || header.BodyLength > bytes.Length - FrameFormat.FrameHeaderSize)
        {
            return false;
        }

        ReadOnlySpan<byte> body = bytes.Slice(FrameFormat.FrameHeaderSize, header.BodyLength);
        for (int i = 0; i < header.OperationCount; i++)
        {
            if (!FrameFormat.TryReadOperation(body, out OperationSlice operation) || operation.Size > body.Length
                || body[(FrameFormat.OperationHeaderSize + operation.Data.Length)..operation.Size].ContainsAnyExcept((byte)0))
            {
                return false;
            }

            body = body[operation.Size..];
        }

        return body.IsEmpty;
    }

    /// <summary>Shows the operations of a frame that has been checked.</summary>
    public void Visit(int offset, FrameHeader header, OperationVisitor visitor)
    {
        int position = offset + FrameFormat.FrameHeaderSize;
        for (int i = 0; i < header.OperationCount; i++)
        {
            FrameFormat.TryReadOperation(Bytes.AsSpan(position), out OperationSlice operation);
            visitor(operation, RecordLocation.Of(Number, position, operation.Size));
            position += operation.Size;
        }
    }

    /// <summary>The operation at a location that a visit has shown.</summary>
    public OperationSlice OperationAt(RecordLocation location)
    {
        FrameFormat.TryReadOperation(Bytes.AsSpan((int)location.Offset), out OperationSlice operation);
        return operation;
    }
}
