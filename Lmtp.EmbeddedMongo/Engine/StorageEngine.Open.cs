using Lmtp.EmbeddedMongo.Engine.Log;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine;

/// <content>Opening and recovery.</content>
internal sealed partial class StorageEngine
{
    private const string LockFileName = "LOCK";

    /// <summary>Opens the database of a folder, or begins one there.</summary>
    /// <param name="options">How it works.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where recovery and failures are told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CorruptDataException">A file is damaged.</exception>
    /// <exception cref="IOException">The folder is in use by another process, or cannot be read.</exception>
    public static Task<StorageEngine> OpenAsync(
        StorageOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken) =>
        Task.Run(() => Open(options, time, logger, cancellationToken), cancellationToken);

    private static StorageEngine Open(
        StorageOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Directory);
        FileStream lockFile = TakeLock(options.Directory);
        List<Segment> segments = [];
        try
        {
            Dictionary<uint, RecordTable> tables = [];
            LogRecovery recovery = new(options.Directory, (operation, location) => Replay(tables, operation, location), logger);
            segments = recovery.Run(0);
            cancellationToken.ThrowIfCancellationRequested();
            SegmentLog log = new(options, segments, recovery.Catalog.Length == 0 ? CatalogEntry.Write([], 1) : recovery.Catalog);
            log.Flush();
            LogWriter writer = new(log, new CommitLoop(log, options.JournalInterval, logger));
            RecoveredState state = Rebuild(options, writer, recovery.Catalog, tables, cancellationToken);
            return new StorageEngine(options, lockFile, writer, state, time, logger);
        }
        catch
        {
            segments.ForEach(segment => segment.Dispose());
            lockFile.Dispose();
            throw;
        }
    }

    private static FileStream TakeLock(string directory)
    {
        string path = Path.Combine(directory, LockFileName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new IOException($"the folder {directory} is in use by another process", exception);
        }
    }

    private static void Replay(Dictionary<uint, RecordTable> tables, OperationSlice operation, RecordLocation location)
    {
        if (operation.Kind is not (LogOperation.Put or LogOperation.Delete))
        {
            return;
        }

        if (!tables.TryGetValue(operation.Collection, out RecordTable? table))
        {
            table = new RecordTable();
            tables.Add(operation.Collection, table);
        }

        table.Set(new RecordId(operation.Record), operation.Kind == LogOperation.Put ? location : default);
    }

    private static RecoveredState Rebuild(
        StorageOptions options, LogWriter writer, byte[] catalog, Dictionary<uint, RecordTable> tables, CancellationToken cancellationToken)
    {
        List<Collection> collections = [];
        List<CatalogEntry> entries = CatalogEntry.Read(catalog, out uint nextNumber);
        foreach (CatalogEntry entry in entries)
        {
            CollectionIndex[] indexes = [.. entry.Indexes.Select(definition => new CollectionIndex(definition, CompileFilter(options, definition)))];
            RecordTable records = tables.GetValueOrDefault(entry.Number) ?? new RecordTable();
            Collection collection = new(entry, writer, records, indexes);
            collection.Recover(cancellationToken);
            collections.Add(collection);
        }

        return new RecoveredState(collections, nextNumber);
    }

    /// <summary>What recovery found.</summary>
    private sealed record RecoveredState(IReadOnlyList<Collection> Collections, uint NextNumber);
}
