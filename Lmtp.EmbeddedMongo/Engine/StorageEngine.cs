using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>
/// The storage engine: databases of collections of documents, in a log of segments on disk, with all indexes in memory.
/// All members may be called from any thread. Writes return a <see cref="LogPosition"/> as soon as they are visible;
/// a write that must be on disk before it is acknowledged is followed by <see cref="WaitDurableAsync"/>.
/// </summary>
internal sealed partial class StorageEngine : IAsyncDisposable
{
    private readonly Lock _catalogLock = new();
    private readonly StorageOptions _options;
    private readonly FileStream _lockFile;
    private readonly LogWriter _writer;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private Dictionary<Namespace, Collection> _collections;
    private uint _nextNumber;
    private int _isDisposed;

    private StorageEngine(
        StorageOptions options,
        FileStream lockFile,
        LogWriter writer,
        IEnumerable<Collection> collections,
        uint nextNumber,
        (long Position, long Size) checkpoint,
        TimeProvider time,
        ILogger logger)
    {
        _options = options;
        _lockFile = lockFile;
        _writer = writer;
        _time = time;
        _logger = logger;
        _nextNumber = nextNumber;
        _checkpoint = new Checkpoint(checkpoint.Position, checkpoint.Size, time.GetTimestamp());
        _collections = collections.ToDictionary(collection => collection.Namespace);
        _writer.Commits.OnFlushFailed(TakeBackUnflushed);
        _background = MaintainAsync(_stopping.Token);
    }

    /// <summary>Why nothing more is written; null while all is well. Reading goes on.</summary>
    public StorageException? Failure => _writer.Log.Failure;

    /// <summary>The names of all databases that have a collection.</summary>
    public IReadOnlyList<string> Databases =>
        [.. Volatile.Read(ref _collections).Keys.Select(ns => ns.Database).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>All collections.</summary>
    public IReadOnlyCollection<Collection> Collections => Volatile.Read(ref _collections).Values;

    /// <summary>The bytes of all segments on disk.</summary>
    public long StorageSize => _writer.Log.Segments.All.Sum(segment => segment.Length);

    /// <summary>The collections of a database, by name.</summary>
    public IReadOnlyList<Collection> CollectionsOf(string database) =>
    [
        .. Collections
            .Where(collection => collection.Namespace.Database == database)
            .OrderBy(collection => collection.Namespace.Collection, StringComparer.Ordinal),
    ];

    /// <summary>Finds a collection.</summary>
    /// <returns>The collection, null where there is none of that name.</returns>
    public Collection? Find(Namespace ns) => Volatile.Read(ref _collections).GetValueOrDefault(ns);

    /// <summary>Finds a collection or creates it without options, as the first insert does.</summary>
    /// <exception cref="StorageException">The catalog could not be written.</exception>
    public Collection FindOrCreate(Namespace ns)
    {
        if (Find(ns) is { } found)
        {
            return found;
        }

        lock (_catalogLock)
        {
            return Find(ns) ?? Create(ns, BsonDocumentBuilder.EmptyDocument).Collection;
        }
    }

    /// <summary>Creates a collection.</summary>
    /// <param name="ns">Its name.</param>
    /// <param name="options">The options to keep for <c>listCollections</c>, BSON.</param>
    /// <exception cref="StorageException">It exists (48), or the catalog could not be written.</exception>
    public (Collection Collection, LogPosition Position) Create(Namespace ns, ReadOnlyMemory<byte> options)
    {
        lock (_catalogLock)
        {
            if (Find(ns) is not null)
            {
                throw StorageException.NamespaceExists(ns);
            }

            CatalogEntry entry = new(_nextNumber, ns, Guid.NewGuid(), options, [IndexDefinition.Id]);
            Collection collection = new(entry, _writer, new RecordTable(), [new CollectionIndex(IndexDefinition.Id, null)]);
            LogPosition position = WriteCatalog([.. Collections.Select(existing => existing.ToCatalogEntry()), entry], _nextNumber + 1);
            _nextNumber++;
            Publish(new(_collections) { [ns] = collection });
            return (collection, position);
        }
    }

    /// <summary>Drops collections with their documents and indexes.</summary>
    /// <exception cref="StorageException">The catalog could not be written; nothing is dropped.</exception>
    public LogPosition Drop(params IReadOnlyList<Collection> dropped)
    {
        lock (_catalogLock)
        {
            Dictionary<Namespace, Collection> remaining = new(_collections);
            foreach (Collection collection in dropped)
            {
                remaining.Remove(collection.Namespace);
            }

            LogPosition position = WriteCatalog([.. remaining.Values.Select(existing => existing.ToCatalogEntry())], _nextNumber);
            Publish(remaining);
            foreach (Collection collection in dropped)
            {
                collection.Retire();
            }

            return position;
        }
    }

    /// <summary>Drops all collections of a database.</summary>
    public LogPosition DropDatabase(string database)
    {
        lock (_catalogLock)
        {
            return Drop(CollectionsOf(database));
        }
    }

    /// <summary>Gives a collection another name.</summary>
    /// <param name="from">The name it has.</param>
    /// <param name="to">The name it gets.</param>
    /// <param name="dropTarget">True to drop a collection that has that name now.</param>
    /// <exception cref="StorageException">There is none (26), the new name is taken (48), or the catalog could not be written.</exception>
    public LogPosition Rename(Namespace from, Namespace to, bool dropTarget)
    {
        lock (_catalogLock)
        {
            Collection collection = Find(from) ?? throw StorageException.NamespaceNotFound(from);
            Collection? target = Find(to);
            if (target is not null && !dropTarget)
            {
                throw StorageException.NamespaceExists(to);
            }

            Dictionary<Namespace, Collection> renamed = new(_collections);
            renamed.Remove(from);
            renamed[to] = collection;
            LogPosition position = WriteCatalog([.. renamed.Select(pair => pair.Value.ToCatalogEntry() with { Namespace = pair.Key })], _nextNumber);
            collection.SetNamespace(to);
            Publish(renamed);
            target?.Retire();
            return position;
        }
    }

    /// <summary>Creates an index and fills it. Writes to the collection go on; the index is there once it is whole.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="definition">The index.</param>
    /// <param name="isMissing">
    /// Tells, while no other index of the collection is made, whether there is no such index yet; null where that is known.
    /// </param>
    /// <param name="check">Called now and then; ends the build by throwing. Null to go on to the end.</param>
    /// <returns>What to wait for; nothing where the index was there.</returns>
    /// <exception cref="StorageException">
    /// A document does not fit it, be it one that was there or one that was written meanwhile, or the catalog could not be
    /// written. There is no index then.
    /// </exception>
    public LogPosition CreateIndex(Collection collection, IndexDefinition definition, Func<bool>? isMissing = null, Action? check = null)
    {
        lock (collection.BuildLock)
        {
            if (isMissing?.Invoke() is false)
            {
                return default;
            }

            IndexBuild build = collection.BeginBuild(MakeIndex(_options, definition));
            try
            {
                collection.Fill(build, check ?? (static () => { }));
                return Complete(collection, build);
            }
            finally
            {
                collection.EndBuild(build);
            }
        }
    }

    /// <summary>Drops an index.</summary>
    /// <exception cref="StorageException">There is none of that name (27), or the catalog could not be written.</exception>
    public LogPosition DropIndex(Collection collection, string name)
    {
        lock (_catalogLock)
        {
            return collection.WithoutWrites(() =>
            {
                CollectionIndex[] remaining = [.. collection.Indexes.Where(index => index.Definition.Name != name)];
                return remaining.Length < collection.Indexes.Count
                    ? ChangeIndexes(collection, remaining)
                    : throw StorageException.IndexNotFound(name);
            });
        }
    }

    /// <summary>Waits until a write is on disk.</summary>
    /// <param name="position">What the write returned.</param>
    /// <param name="cancellationToken">Ends the waiting, not the write.</param>
    /// <exception cref="StorageException">It could not be put there; the engine takes no more writes.</exception>
    public ValueTask WaitDurableAsync(LogPosition position, CancellationToken cancellationToken) =>
        _writer.Commits.WaitAsync(position, cancellationToken);

    /// <summary>Puts everything on disk, writes a checkpoint and closes all files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _background;
        if (Failure is null && _writer.Log.End > _checkpoint.Position)
        {
            await AttemptAsync(() => CheckpointAsync(CancellationToken.None), "checkpoint");
        }

        await _writer.Commits.DisposeAsync();
        _writer.Log.Dispose();
        await _lockFile.DisposeAsync();
        _maintenance.Dispose();
        _stopping.Dispose();
    }

    private LogPosition Complete(Collection collection, IndexBuild build)
    {
        lock (_catalogLock)
        {
            return collection.WithoutWrites(() =>
            {
                build.ThrowIfFailed();
                LogPosition position = ChangeIndexes(collection, [.. collection.Indexes, build.Index]);
                collection.EndBuild(build);
                return position;
            });
        }
    }

    private LogPosition ChangeIndexes(Collection collection, CollectionIndex[] indexes)
    {
        LogPosition position = WriteCatalog(
            [.. Collections.Select(existing => existing == collection
                ? existing.ToCatalogEntry() with { Indexes = [.. indexes.Select(index => index.Definition)] }
                : existing.ToCatalogEntry())],
            _nextNumber);
        collection.SetIndexes(indexes);
        return position;
    }

    private LogPosition WriteCatalog(IEnumerable<CatalogEntry> entries, uint nextNumber) =>
        _writer.AppendCatalog(CatalogEntry.Write(entries, nextNumber));

    private void Publish(Dictionary<Namespace, Collection> collections) => Volatile.Write(ref _collections, collections);
}
