using Lmtp.EmbeddedMongo.Engine.Log;

namespace Lmtp.EmbeddedMongo.Engine.Maintenance;

/// <summary>
/// Gives back the space of segments that are mostly dead: what is current in them is appended to the log again, a little
/// at a time so that writers wait no longer than for another write, and then the file is deleted.
/// </summary>
internal sealed class SegmentCompaction
{
    private const int BatchBytes = 128 * 1024;

    private readonly SegmentLog _log;
    private readonly Func<uint, Collection?> _find;
    private readonly List<RecordLocation> _batch = [];
    private Collection? _batchCollection;
    private int _batchBytes;

    /// <summary>Prepares a compaction.</summary>
    /// <param name="log">The log.</param>
    /// <param name="find">Finds a collection by its number.</param>
    public SegmentCompaction(SegmentLog log, Func<uint, Collection?> find)
    {
        _log = log;
        _find = find;
    }

    /// <summary>Compacts the segments whose dead share is above a threshold.</summary>
    /// <returns>How many files were given back.</returns>
    /// <exception cref="CorruptDataException">A segment is damaged; it is left as it is.</exception>
    public async Task<int> RunAsync(double threshold, CancellationToken cancellationToken)
    {
        int compacted = 0;
        foreach (Segment segment in _log.Segments.All)
        {
            if (segment == _log.Active)
            {
                break;
            }

            if (segment.LiveBytes <= (1 - threshold) * segment.Length)
            {
                await CompactAsync(segment, cancellationToken);
                compacted++;
            }
        }

        return compacted;
    }

    private async Task CompactAsync(Segment segment, CancellationToken cancellationToken)
    {
        SegmentBytes bytes = await SegmentBytes.ReadAsync(segment, cancellationToken);
        bool isOldest = _log.Segments.All[0] == segment;
        int offset = FrameFormat.SegmentHeaderSize;
        while (offset < bytes.Bytes.Length)
        {
            if (!bytes.TryReadFrame(offset, out FrameHeader header))
            {
                throw new CorruptDataException(segment.Path, offset, "a record is damaged");
            }

            bytes.Visit(offset, header, (operation, location) => Take(bytes, operation, location, isOldest));
            offset += FrameFormat.FrameHeaderSize + header.BodyLength;
            cancellationToken.ThrowIfCancellationRequested();
        }

        Move(bytes);
        await Task.Run(() => _log.Retire(segment), cancellationToken);
    }

    // A deletion must outlive all older places of its record; in the oldest segment there are none.
    private void Take(SegmentBytes bytes, OperationSlice operation, RecordLocation location, bool isOldest)
    {
        bool wanted = operation.Kind == LogOperation.Put || (operation.Kind == LogOperation.Delete && !isOldest);
        if (!wanted || _find(operation.Collection) is not { } collection)
        {
            return;
        }

        if (collection != _batchCollection || _batchBytes + operation.Size > BatchBytes)
        {
            Move(bytes);
        }

        _batchCollection = collection;
        _batchBytes += operation.Size;
        _batch.Add(location);
    }

    private void Move(SegmentBytes bytes)
    {
        _batchCollection?.Move(bytes, _batch);
        _batch.Clear();
        _batchBytes = 0;
        _batchCollection = null;
    }
}
