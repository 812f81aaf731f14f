using System.Buffers.Binary;

namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>
/// The log: segments that are only ever appended to. A frame is in the operating system's hands when
/// <see cref="Append"/> returns, so that it survives the end of this process; <see cref="Flush"/> puts it on disk.
/// </summary>
internal sealed class SegmentLog : IDisposable
{
    private readonly Lock _appendLock = new();
    private readonly Lock _segmentsLock = new();
    private readonly string _directory;
    private readonly int _segmentSize;
    private Segment?[] _segments;
    private Segment _active;
    private byte[] _catalog;
    private long _durable;
    private StorageException? _failure;

    /// <summary>Continues a recovered log, or begins one.</summary>
    /// <param name="options">Folder and segment size.</param>
    /// <param name="recovered">The segments that recovery found, in their order.</param>
    /// <param name="catalog">The catalog as recovered.</param>
    public SegmentLog(StorageOptions options, IReadOnlyList<Segment> recovered, byte[] catalog)
    {
        _directory = options.Directory;
        _segmentSize = Math.Min(options.SegmentSize, RecordLocation.MaxSegmentSize);
        _catalog = catalog;
        _segments = new Segment?[16];
        foreach (Segment segment in recovered)
        {
            Register(segment);
        }

        _durable = recovered.Count == 0 ? 0 : recovered[^1].End;
        _active = recovered.Count == 0 ? Begin(1, 0) : recovered[^1];
    }

    /// <summary>The log position after the last frame.</summary>
    public long End => Volatile.Read(ref _active).End;

    /// <summary>The log position up to which everything is on disk.</summary>
    public long Durable => Volatile.Read(ref _durable);

    /// <summary>Why nothing more is written; null while all is well.</summary>
    public StorageException? Failure => Volatile.Read(ref _failure);

    /// <summary>The segment that is written to.</summary>
    public Segment Active => Volatile.Read(ref _active);

    /// <summary>All segments in their order.</summary>
    public IReadOnlyList<Segment> Segments
    {
        get
        {
            lock (_segmentsLock)
            {
                return [.. _segments.OfType<Segment>()];
            }
        }
    }

    /// <summary>Appends a frame.</summary>
    /// <exception cref="StorageException">It could not be written; the log is as it was.</exception>
    public AppendedFrame Append(FrameBuilder frame)
    {
        lock (_appendLock)
        {
            RequireWritable();
            try
            {
                if (_active.Length > FrameFormat.SegmentHeaderSize && _active.Length + frame.Length > _segmentSize)
                {
                    Roll();
                }

                return Write(_active, frame);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw AppendFailed(exception);
            }
        }
    }

    /// <summary>Appends a new state of the catalog.</summary>
    /// <exception cref="StorageException">It could not be written; the log is as it was.</exception>
    public LogPosition AppendCatalog(byte[] catalog)
    {
        lock (_appendLock)
        {
            FrameBuilder frame = new();
            frame.Add(LogOperation.Catalog, 0, 0, catalog);
            LogPosition end = Append(frame).End;
            _catalog = catalog;
            return end;
        }
    }

    /// <summary>Puts everything appended so far on disk.</summary>
    /// <returns>Up to where.</returns>
    /// <exception cref="StorageException">
    /// The disk reports an error. What it has of the data is unknown from then on, so nothing more is written.
    /// </exception>
    public long Flush()
    {
        // A segment is flushed before the next one is begun, so the active one is all there is to flush.
        Segment segment = Active;
        long end = segment.End;
        try
        {
            RandomAccess.FlushToDisk(segment.Handle);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Fail(exception);
        }

        AdvanceDurable(end);
        return end;
    }

    /// <summary>Reads the document of a record.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="collection">The collection's number, which must stand there.</param>
    /// <param name="record">The record's id, which must stand there.</param>
    /// <param name="document">The document.</param>
    /// <returns>False where the segment has been compacted away, and the record is elsewhere by now.</returns>
    /// <exception cref="CorruptDataException">Something else stands there.</exception>
    public bool TryRead(RecordLocation location, uint collection, RecordId record, out ReadOnlyMemory<byte> document)
    {
        document = default;
        Segment?[] segments = Volatile.Read(ref _segments);
        if (location.Segment >= segments.Length || Volatile.Read(ref segments[location.Segment]) is not { } segment)
        {
            return false;
        }

        try
        {
            byte[] bytes = ReadOperation(segment, location);
            if (!FrameFormat.TryReadOperation(bytes, out OperationSlice operation)
                || operation.Kind != LogOperation.Put || operation.Collection != collection || operation.Record != record.Value)
            {
                throw new CorruptDataException(segment.Path, location.Offset, "the checksum of a record is wrong");
            }

            document = bytes.AsMemory(FrameFormat.OperationHeaderSize, operation.Data.Length);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>A segment by its number, null where it is gone.</summary>
    public Segment? Find(int number) => number < _segments.Length ? Volatile.Read(ref _segments[number]) : null;

    /// <summary>Removes a segment whose records have all been moved, after a durable note of it.</summary>
    public void Retire(Segment segment)
    {
        FrameBuilder frame = new();
        frame.Add(LogOperation.Retire, 0, segment.Number, default);
        Append(frame);
        Flush();
        lock (_segmentsLock)
        {
            Volatile.Write(ref _segments[segment.Number], null);
        }

        segment.Dispose();
        File.Delete(segment.Path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Segment segment in Segments)
        {
            segment.Dispose();
        }
    }

    private static byte[] ReadOperation(Segment segment, RecordLocation location)
    {
        byte[] bytes = ReadFully(segment, location.Offset, location.SizeHint);
        int needed = bytes.Length < FrameFormat.OperationHeaderSize
            ? 0
            : FrameFormat.OperationHeaderSize + FrameFormat.DataLength(bytes);
        bool larger = needed > location.SizeHint && needed <= segment.Length - location.Offset;
        return larger ? ReadFully(segment, location.Offset, needed) : bytes;
    }

    private static byte[] ReadFully(Segment segment, long offset, int size)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Math.Clamp(segment.Length - offset, 0, size));
        int total = 0;
        while (total < bytes.Length)
        {
            int read = RandomAccess.Read(segment.Handle, bytes.AsSpan(total), offset + total);
            if (read == 0)
            {
                return bytes[..total];
            }

            total += read;
        }

        return bytes;
    }

    private AppendedFrame Write(Segment segment, FrameBuilder frame)
    {
        long offset = segment.Length;
        RandomAccess.Write(segment.Handle, frame.Complete(segment.Start + offset, Durable), offset);
        segment.Length = offset + frame.Length;
        return new AppendedFrame(segment, offset, new LogPosition(segment.End));
    }

    private void Roll()
    {
        Flush();
        Volatile.Write(ref _active, Begin(_active.Number + 1, _active.End));
    }

    // Every segment begins with the catalog and the list of segments, so that recovery may start with any of them.
    private Segment Begin(int number, long start)
    {
        Segment segment = Segment.Create(_directory, number, start);
        Register(segment);
        FrameBuilder frame = new();
        byte[] numbers = new byte[4 * Segments.Count];
        for (int i = 0; i < Segments.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(numbers.AsSpan(4 * i), Segments[i].Number);
        }

        frame.Add(LogOperation.Segments, 0, 0, numbers);
        frame.Add(LogOperation.Catalog, 0, 0, _catalog);
        Write(segment, frame);
        return segment;
    }

    private void Register(Segment segment)
    {
        lock (_segmentsLock)
        {
            if (segment.Number >= _segments.Length)
            {
                Segment?[] larger = new Segment?[Math.Max(_segments.Length * 2, segment.Number + 1)];
                _segments.CopyTo(larger, 0);
                Volatile.Write(ref _segments, larger);
            }

            Volatile.Write(ref _segments[segment.Number], segment);
        }
    }

    private void RequireWritable()
    {
        if (Failure is { } failure)
        {
            throw StorageException.ReadOnly(failure.Message, failure.Code == 14031, failure);
        }
    }

    // What was written of the frame is cut off again; where even that fails, nothing more may be appended.
    private StorageException AppendFailed(Exception exception)
    {
        try
        {
            RandomAccess.SetLength(_active.Handle, _active.Length);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            return Fail(second);
        }

        return Fail(exception);
    }

    private StorageException Fail(Exception exception)
    {
        const int NoSpace = 28;
        const int DiskFull = unchecked((int)0x80070070);
        bool full = exception.HResult is NoSpace or DiskFull;
        StorageException failure = StorageException.ReadOnly(exception.Message, full, exception);
        Interlocked.CompareExchange(ref _failure, failure, null);
        return failure;
    }

    private void AdvanceDurable(long end)
    {
        long current = Durable;
        while (end > current)
        {
            long seen = Interlocked.CompareExchange(ref _durable, end, current);
            if (seen == current)
            {
                return;
            }

            current = seen;
        }
    }
}
