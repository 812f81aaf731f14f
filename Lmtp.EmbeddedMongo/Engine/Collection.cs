using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Engine.Log;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>
/// A collection: its documents, which are read from the log when they are asked for, and its indexes, which are in
/// memory. Readers take no lock that a writer holds for longer than it takes to change one index entry.
/// </summary>
/// <remarks>
/// Locks, in the order in which they are taken: the stripe of a document (from reading it to writing it back), the
/// collection's latch (from the check of unique indexes until the write is in the log and in the indexes), the log's.
/// A write is visible at once and durable once <see cref="StorageEngine.WaitDurableAsync"/> has returned for its position.
/// </remarks>
internal sealed partial class Collection
{
    private const int StripeCount = 64;

    private readonly Lock _latch = new();
    private readonly Lock[] _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Lock())];
    private readonly LogWriter _writer;
    private readonly RecordTable _records;
    private readonly FrameBuilder _frame = new();
    private CollectionIndex[] _indexes;
    private long _dataSize;
    private bool _isDropped;

    /// <summary>Makes a collection of what the catalog says.</summary>
    /// <param name="entry">Name, options and so on; its indexes are given apart.</param>
    /// <param name="writer">The log.</param>
    /// <param name="records">The records as recovered.</param>
    /// <param name="indexes">The indexes as recovered, that on <c>_id</c> first.</param>
    public Collection(CatalogEntry entry, LogWriter writer, RecordTable records, CollectionIndex[] indexes)
    {
        Number = entry.Number;
        Namespace = entry.Namespace;
        Uuid = entry.Uuid;
        Options = entry.Options;
        _writer = writer;
        _records = records;
        _indexes = indexes;
    }

    /// <summary>The collection's number in the log.</summary>
    public uint Number { get; }

    /// <summary>The collection's name; changes when it is renamed.</summary>
    public Namespace Namespace { get; private set; }

    /// <summary>The collection's UUID.</summary>
    public Guid Uuid { get; }

    /// <summary>The options it was created with, BSON.</summary>
    public ReadOnlyMemory<byte> Options { get; }

    /// <summary>How many documents there are.</summary>
    public long Count => _records.Count;

    /// <summary>The size of all documents, in bytes.</summary>
    public long DataSize => Interlocked.Read(ref _dataSize);

    /// <summary>The indexes, that on <c>_id</c> first. The array never changes; a new one takes its place.</summary>
    public IReadOnlyList<CollectionIndex> Indexes => Volatile.Read(ref _indexes);

    /// <summary>The index on <c>_id</c>.</summary>
    public CollectionIndex IdIndex => Volatile.Read(ref _indexes)[0];

    /// <summary>Reads a document.</summary>
    /// <param name="record">The record.</param>
    /// <param name="document">The document; the caller may keep it.</param>
    /// <returns>False where the record is gone.</returns>
    /// <exception cref="CorruptDataException">What is on disk is damaged.</exception>
    public bool TryRead(RecordId record, out ReadOnlyMemory<byte> document)
    {
        while (true)
        {
            RecordLocation location = _records[record];
            if (location.IsNone)
            {
                document = default;
                return false;
            }

            if (_writer.Log.Segments.TryRead(location, Number, record, out document))
            {
                return true;
            }

            // Compaction has moved the record since; the segment it was in is closed once the table says so.
            if (_records[record] == location)
            {
                throw new CorruptDataException(location.Segment.ToString(System.Globalization.CultureInfo.InvariantCulture), location.Offset, "the segment is missing");
            }
        }
    }

    /// <summary>The record with an <c>_id</c>.</summary>
    public RecordId? FindById(BsonValueSlice id)
    {
        ByteBuffer key = new();
        KeyEncoder.Append(key, id);
        return IdIndex.Find(key.Span);
    }

    /// <summary>Walks all records in the order of insertion (<c>$natural</c>).</summary>
    /// <param name="forward">False to start with the last one.</param>
    public RecordScan Scan(bool forward = true) => new(_records, forward);

    /// <summary>What the catalog on disk is to say of this collection.</summary>
    public CatalogEntry ToCatalogEntry() =>
        new(Number, Namespace, Uuid, Options, [.. Indexes.Select(index => index.Definition)]);

    private Lock StripeOf(RecordId record) => _stripes[record.Value & (StripeCount - 1)];

    private void RequireAlive()
    {
        if (_isDropped)
        {
            throw StorageException.NamespaceNotFound(Namespace);
        }
    }
}
