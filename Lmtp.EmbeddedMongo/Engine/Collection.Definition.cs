using Lmtp.EmbeddedMongo.Engine.Checkpoints;
using Lmtp.EmbeddedMongo.Engine.Log;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine;

/// <content>What the engine changes about a collection: name, indexes, existence.</content>
internal sealed partial class Collection
{
    /// <summary>Does something while no document of the collection is written.</summary>
    public T WithoutWrites<T>(Func<T> action)
    {
        lock (_latch)
        {
            RequireAlive();
            return action();
        }
    }

    /// <summary>Sets the indexes. Called without writes.</summary>
    public void SetIndexes(CollectionIndex[] indexes) => Volatile.Write(ref _indexes, indexes);

    /// <summary>Sets the name. Called without writes.</summary>
    public void SetNamespace(Namespace ns) => Namespace = ns;

    /// <summary>Ends the collection: writes are refused from here on.</summary>
    public void Retire()
    {
        lock (_latch)
        {
            _isDropped = true;
            RecordScan scan = Scan();
            while (scan.MoveNext())
            {
                _writer.Moved(_records[scan.Current], default);
            }
        }
    }

    /// <summary>Makes good what a checkpoint could not know, after the records were recovered.</summary>
    /// <param name="recovery">What is known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public void Recover(CollectionRecovery recovery, CancellationToken cancellationToken)
    {
        bool isWhole = Array.TrueForAll(_indexes, recovery.FilledIndexes.Contains);
        _dataSize = isWhole ? recovery.DataSize : 0;
        RecordScan scan = Scan();
        while (scan.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            _writer.Moved(default, _records[scan.Current]);
            bool isTouched = recovery.IsTouched(scan.Current.Value);
            if (isWhole && !isTouched)
            {
                continue;
            }

            TryRead(scan.Current, out ReadOnlyMemory<byte> document);
            _dataSize += isWhole ? 0 : document.Length;
            foreach (CollectionIndex index in _indexes)
            {
                if (isTouched || !recovery.FilledIndexes.Contains(index))
                {
                    index.Add(index.Extract(document), scan.Current);
                }
            }
        }
    }

    /// <summary>What a checkpoint is made of, at a moment when no write is under way.</summary>
    public (RecordTable Records, long NextId, CollectionIndex[] Indexes) Snapshot()
    {
        lock (_latch)
        {
            return (_records, _records.NextId, _indexes);
        }
    }

    /// <summary>Appends records again that are in a segment to be given back, where they are still current.</summary>
    /// <param name="bytes">The segment.</param>
    /// <param name="locations">Where in it puts and deletions are.</param>
    public void Move(SegmentBytes bytes, IReadOnlyList<RecordLocation> locations)
    {
        List<(RecordId Record, int Offset, int Length)> moved = [];
        lock (_latch)
        {
            if (_isDropped)
            {
                return;
            }

            _frame.Clear();
            foreach (RecordLocation location in locations)
            {
                OperationSlice operation = bytes.OperationAt(location);
                RecordId record = new(operation.Record);
                bool isCurrent = operation.Kind == LogOperation.Delete ? _records[record].IsNone : _records[record] == location;
                if (isCurrent)
                {
                    moved.Add((record, _frame.Add(operation.Kind, Number, record.Value, operation.Data), operation.Data.Length));
                }
            }

            if (moved.Count == 0)
            {
                return;
            }

            AppendedFrame appended = AppendFrame();
            foreach ((RecordId record, int offset, int length) in moved)
            {
                if (!_records[record].IsNone)
                {
                    Place(record, appended.LocationOf(offset, length));
                }
            }
        }
    }
}
