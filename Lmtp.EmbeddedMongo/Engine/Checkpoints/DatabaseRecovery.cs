using Lmtp.EmbeddedMongo.Engine.Log;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine.Checkpoints;

/// <summary>Brings a database back: checkpoint, then the log after it, then the index entries of what the log changed.</summary>
internal sealed class DatabaseRecovery : IDisposable
{
    private readonly StorageOptions _options;
    private readonly CheckpointReader? _checkpoint;
    private readonly LogRecovery _log;
    private readonly Dictionary<uint, CollectionRecovery> _collections = [];

    /// <summary>Prepares the recovery.</summary>
    /// <param name="options">How the database works.</param>
    /// <param name="checkpoint">The checkpoint; null to read the whole log.</param>
    /// <param name="logger">Where a cut of the log is told.</param>
    public DatabaseRecovery(StorageOptions options, CheckpointReader? checkpoint, ILogger logger)
    {
        _options = options;
        _checkpoint = checkpoint;
        _log = new LogRecovery(options, checkpoint?.Catalog ?? [], Replay, logger);
    }

    /// <summary>Log position and size of the checkpoint that is used; zeros for none.</summary>
    public (long Position, long Size) Checkpoint => _checkpoint is null ? default : (_checkpoint.Position, _checkpoint.Size);

    /// <summary>The catalog as recovered.</summary>
    public byte[] Catalog => _log.Catalog.Length == 0 ? CatalogEntry.Write([], 1) : _log.Catalog;

    /// <summary>Reads the log.</summary>
    /// <param name="until">The log position to end at, where what stands behind it is known not to count.</param>
    /// <returns>Its segments.</returns>
    /// <exception cref="CorruptDataException">The log is damaged.</exception>
    public List<Segment> ReadLog(long until = long.MaxValue) => _log.Run(_checkpoint?.Position ?? 0, until);

    /// <summary>Makes the collections with their indexes.</summary>
    /// <param name="writer">The log, opened.</param>
    /// <param name="nextNumber">The lowest collection number that was never used.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDataException">The checkpoint is damaged; try again without it.</exception>
    /// <exception cref="CorruptDataException">A document is damaged.</exception>
    public List<Collection> Build(LogWriter writer, out uint nextNumber, CancellationToken cancellationToken)
    {
        List<CatalogEntry> entries = CatalogEntry.Read(Catalog, out nextNumber);
        Dictionary<uint, CollectionIndex[]> indexes = entries.ToDictionary(
            entry => entry.Number,
            entry => entry.Indexes.Select(definition => StorageEngine.MakeIndex(_options, definition)).ToArray());
        for (long i = 0; i < _checkpoint?.CollectionCount; i++)
        {
            uint number = 0;
            CollectionRecovery recovery = _checkpoint.ReadCollection(found => Find(number = found));
            CollectionIndex[] targets = indexes.GetValueOrDefault(number, []);
            _checkpoint.ReadIndexes(recovery, specification => TakeIndex(recovery, targets, specification));
            cancellationToken.ThrowIfCancellationRequested();
        }

        _checkpoint?.ReadEnd();
        return [.. entries.Select(entry => Make(entry, writer, indexes[entry.Number], cancellationToken))];
    }

    /// <inheritdoc/>
    public void Dispose() => _checkpoint?.Dispose();

    private static CollectionIndex? TakeIndex(CollectionRecovery recovery, CollectionIndex[] targets, byte[] specification)
    {
        CollectionIndex? index = Array.Find(targets, target => target.Definition.Specification.Span.SequenceEqual(specification));
        if (index is not null)
        {
            recovery.FilledIndexes.Add(index);
        }

        return index;
    }

    private Collection Make(CatalogEntry entry, LogWriter writer, CollectionIndex[] indexes, CancellationToken cancellationToken)
    {
        CollectionRecovery recovery = Find(entry.Number);
        Collection collection = new(entry, writer, recovery.Records, indexes);
        collection.Recover(recovery, cancellationToken);
        return collection;
    }

    private CollectionRecovery Find(uint number)
    {
        if (!_collections.TryGetValue(number, out CollectionRecovery? recovery))
        {
            recovery = new CollectionRecovery(_checkpoint is not null);
            _collections.Add(number, recovery);
        }

        return recovery;
    }

    private void Replay(OperationSlice operation, RecordLocation location)
    {
        if (operation.Kind is LogOperation.Put or LogOperation.Delete)
        {
            Find(operation.Collection).Apply(operation, location);
        }
    }
}
