using Lmtp.EmbeddedMongo.Engine;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// Walks a range of an index. Writers are not blocked and do not disturb it: entries are copied out in batches, and the
/// next batch starts after the last entry of the one before, wherever that is by then. A record found here may have
/// changed since, so readers test it again against their filter. Each record comes once.
/// </summary>
internal sealed class IndexScan
{
    private readonly CollectionIndex _index;
    private readonly KeyRange _range;
    private readonly bool _forward;
    private readonly ScanBatch _batch;
    private readonly HashSet<long>? _seen;
    private int _position;
    private bool _started;
    private bool _ended;

    /// <summary>Starts before the first entry.</summary>
    /// <param name="index">The index.</param>
    /// <param name="range">The range.</param>
    /// <param name="forward">False to walk in descending order.</param>
    /// <param name="text">Leaves out entries without this in them; null leaves out none.</param>
    public IndexScan(CollectionIndex index, KeyRange range, bool forward, KeyText? text = null)
    {
        _batch = new ScanBatch(text: text);
        _index = index;
        _range = range;
        _forward = forward;
        _ended = range.IsEmpty;
        _seen = index.IsMultikey ? [] : null;
    }

    /// <summary>The record the scan stands on.</summary>
    public RecordId Current { get; private set; }

    /// <summary>How many entries were given out (<c>totalKeysExamined</c>).</summary>
    public long KeysExamined { get; private set; }

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext()
    {
        while (true)
        {
            if (_position == _batch.Count && !ReadBatch())
            {
                return false;
            }

            long record = _batch[_position++];
            KeysExamined++;
            if (_seen is null || _seen.Add(record))
            {
                Current = new RecordId(record);
                return true;
            }
        }
    }

    private bool ReadBatch()
    {
        while (!_ended)
        {
            _index.ReadBatch(_range, _forward, _started, _batch);
            _started = true;
            _ended = !_batch.IsFull;
            _position = 0;
            if (_batch.Count > 0)
            {
                return true;
            }
        }

        return false;
    }
}
