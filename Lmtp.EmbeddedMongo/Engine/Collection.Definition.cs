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

    /// <summary>Fills an index from the documents. Called without writes.</summary>
    /// <exception cref="StorageException">A document does not fit the index.</exception>
    public void Fill(CollectionIndex index)
    {
        RecordScan scan = Scan();
        while (scan.MoveNext())
        {
            if (!TryRead(scan.Current, out ReadOnlyMemory<byte> document))
            {
                continue;
            }

            KeyList keys = index.Extract(document);
            int conflict = index.FindConflict(keys, scan.Current);
            if (conflict >= 0)
            {
                throw new DuplicateKeyException(Namespace, index.Definition, index.ValuesOf(document, keys[conflict]));
            }

            index.Add(keys, scan.Current);
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

    /// <summary>Fills all indexes and accounts after the records were recovered.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public void Recover(CancellationToken cancellationToken)
    {
        RecordScan scan = Scan();
        while (scan.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            _writer.Moved(default, _records[scan.Current]);
            TryRead(scan.Current, out ReadOnlyMemory<byte> document);
            _dataSize += document.Length;
            foreach (CollectionIndex index in _indexes)
            {
                index.Add(index.Extract(document), scan.Current);
            }
        }
    }
}
