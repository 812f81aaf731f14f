namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>The segments of a log by their numbers. Looking one up takes no lock.</summary>
internal sealed class SegmentSet
{
    private const int FirstCapacity = 16;

    private readonly Lock _lock = new();
    private Segment?[] _segments = new Segment?[FirstCapacity];

    /// <summary>All segments in their order.</summary>
    public IReadOnlyList<Segment> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _segments.OfType<Segment>()];
            }
        }
    }

    /// <summary>A segment by its number, null where it is gone.</summary>
    public Segment? Find(int number)
    {
        Segment?[] segments = Volatile.Read(ref _segments);
        return number < segments.Length ? Volatile.Read(ref segments[number]) : null;
    }

    /// <summary>Adds a segment.</summary>
    public void Add(Segment segment)
    {
        lock (_lock)
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

    /// <summary>Removes a segment.</summary>
    public void Remove(Segment segment)
    {
        lock (_lock)
        {
            Volatile.Write(ref _segments[segment.Number], null);
        }
    }

    /// <summary>Reads the document of a record.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="collection">The collection's number, which must stand there.</param>
    /// <param name="record">The record's id, which must stand there.</param>
    /// <param name="document">The document.</param>
    /// <returns>False where the segment has been compacted away, and the record is elsewhere by now.</returns>
    /// <exception cref="CorruptDataException">Something else stands there.</exception>
    /// <exception cref="StorageException">The disk reports an error.</exception>
    public bool TryRead(RecordLocation location, uint collection, RecordId record, out ReadOnlyMemory<byte> document)
    {
        document = default;
        if (Find(location.Segment) is not { } segment)
        {
            return false;
        }

        try
        {
            byte[] bytes = segment.ReadOperation(location);
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
        catch (IOException exception)
        {
            throw StorageException.Unreadable(segment.Path, location.Offset, exception);
        }
    }
}
