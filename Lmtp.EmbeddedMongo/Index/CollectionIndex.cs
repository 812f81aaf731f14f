using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Engine;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>An index of a collection: its keys in memory, in order.</summary>
internal sealed class CollectionIndex
{
    private const int StackEntrySize = 512;

    private readonly Lock _lock = new();
    private readonly KeyExtractor _extractor;
    private readonly TextKeyExtractor? _textExtractor;
    private readonly Func<ReadOnlyMemory<byte>, bool>? _partialFilter;
    private readonly OrderedKeySet _entries = new();
    private ulong _multikeyFields;

    /// <summary>Makes an empty index.</summary>
    /// <param name="definition">What it is.</param>
    /// <param name="partialFilter">Which documents belong to a partial index; null for all.</param>
    public CollectionIndex(IndexDefinition definition, Func<ReadOnlyMemory<byte>, bool>? partialFilter)
    {
        Definition = definition;
        _partialFilter = partialFilter;
        _extractor = new KeyExtractor(definition);
        _textExtractor = definition.IsText ? new TextKeyExtractor(definition) : null;
    }

    /// <summary>What the index is.</summary>
    public IndexDefinition Definition { get; }

    /// <summary>True once a document had several keys or an array in an indexed path; never false again.</summary>
    public bool IsMultikey => MultikeyFields != 0;

    /// <summary>Which fields of the key led through an array, ever: bit 0 is the first field.</summary>
    public ulong MultikeyFields => Volatile.Read(ref _multikeyFields);

    /// <summary>How many entries there are.</summary>
    public long EntryCount
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The memory the index takes, in bytes, about.</summary>
    public long MemorySize
    {
        get
        {
            lock (_lock)
            {
                return _entries.Footprint();
            }
        }
    }

    /// <summary>
    /// The keys for one interval per field, from the first field on. Fields after the first interval that is not a
    /// single value do not narrow the range further; fields without an interval are unbounded. A hashed field takes single
    /// values only.
    /// </summary>
    public KeyRange ToKeyRange(params ReadOnlySpan<IndexInterval> intervals)
    {
        ByteBuffer lower = new();
        for (int i = 0; i < intervals.Length; i++)
        {
            bool descending = Definition.Fields[i].IsDescending;
            if (Definition.Fields[i].Kind == IndexFieldKind.Hashed)
            {
                HashedKey.Append(lower, intervals[i].Lower.Value!.Value.Slice);
                continue;
            }

            if (intervals[i].IsPoint)
            {
                KeyEncoder.Append(lower, intervals[i].Lower.Value!.Value.Slice, descending);
                continue;
            }

            return Bounded(lower.Span, intervals[i], descending);
        }

        return new KeyRange(lower.ToArray(), AfterAll(lower.Span));
    }

    /// <summary>The keys of a text index that hold a word.</summary>
    /// <param name="equalities">The values of the fields before the text fields.</param>
    /// <param name="word">The word, as <see cref="TextTokenizer"/> gives it.</param>
    public KeyRange ToTextRange(ReadOnlySpan<RawBsonValue> equalities, string word)
    {
        ByteBuffer lower = new();
        for (int i = 0; i < equalities.Length; i++)
        {
            KeyEncoder.Append(lower, equalities[i].Slice, Definition.Fields[i].IsDescending);
        }

        TextKeyExtractor.AppendWord(lower, word);
        return new KeyRange(lower.ToArray(), AfterAll(lower.Span));
    }

    /// <summary>Walks a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="forward">False to walk in descending order.</param>
    /// <param name="text">Leaves out entries without this in them; null leaves out none.</param>
    public IndexScan Scan(KeyRange range, bool forward = true, KeyText? text = null) => new(this, range, forward, text);

    /// <summary>The keys of a document in this index; none where it does not belong to it.</summary>
    /// <exception cref="StorageException">The document cannot be indexed (code 171).</exception>
    public KeyList Extract(ReadOnlyMemory<byte> document)
    {
        KeyList keys = new();
        if (_partialFilter is not null && !_partialFilter(document))
        {
            return keys;
        }

        if (_textExtractor is not null)
        {
            _textExtractor.Extract(document.Span, keys);
        }
        else
        {
            _extractor.Extract(document.Span, keys);
        }

        return keys;
    }

    /// <summary>The values that make up a key of a document, for the message about a duplicate.</summary>
    public byte[] ValuesOf(ReadOnlyMemory<byte> document, ReadOnlySpan<byte> key) => _extractor.ValuesOf(document.Span, key);

    /// <summary>The record that has a key.</summary>
    /// <param name="key">The encoded key.</param>
    /// <returns>The first such record, null where there is none.</returns>
    public RecordId? Find(ReadOnlySpan<byte> key)
    {
        lock (_lock)
        {
            bool found = _entries.Seek(key, out LeafNode leaf, out int index)
                && IndexEntry.KeyOf(leaf[index]).SequenceEqual(key);
            return found ? new RecordId(IndexEntry.RecordOf(leaf[index])) : null;
        }
    }

    /// <summary>The first of a document's keys that another record of a unique index has already.</summary>
    /// <param name="keys">The document's keys.</param>
    /// <param name="record">The document's own record.</param>
    /// <returns>The number of the key, -1 where there is none.</returns>
    public int FindConflict(KeyList keys, RecordId record)
    {
        for (int i = 0; Definition.IsUnique && i < keys.Count; i++)
        {
            if (Find(keys[i]) is { } other && other != record)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Adds a document's keys, except those that it had before.</summary>
    public void Add(KeyList keys, RecordId record, KeyList? except = null)
    {
        if (keys.MultikeyFields != 0)
        {
            Interlocked.Or(ref _multikeyFields, keys.MultikeyFields);
        }

        ForEachEntry(keys, record, except, add: true);
    }

    /// <summary>Removes a document's keys, except those that it has now.</summary>
    public void Remove(KeyList keys, RecordId record, KeyList? except = null) => ForEachEntry(keys, record, except, add: false);

    /// <summary>Whether a record has a key.</summary>
    public bool Contains(ReadOnlySpan<byte> key, RecordId record)
    {
        byte[] entry = new byte[key.Length + IndexEntry.RecordIdSize];
        IndexEntry.Write(key, record.Value, entry);
        lock (_lock)
        {
            return _entries.Seek(entry, out LeafNode leaf, out int index) && leaf[index].SequenceEqual(entry);
        }
    }

    /// <summary>Reads the next batch of a scan.</summary>
    public void ReadBatch(KeyRange range, bool forward, bool continued, ScanBatch batch)
    {
        byte[] last = continued ? batch.LastEntry.ToArray() : [];
        lock (_lock)
        {
            if (forward)
            {
                _entries.ReadForward(continued ? last : range.Lower, continued, range.Upper, batch);
            }
            else
            {
                _entries.ReadBackward(continued ? last : range.Upper, range.Lower, batch);
            }
        }
    }

    /// <summary>Copies whole entries for a checkpoint; see <see cref="OrderedKeySet.CopyForward"/>.</summary>
    public byte[]? CopyEntries(ReadOnlySpan<byte> after, int maxBytes, ByteBuffer target)
    {
        lock (_lock)
        {
            return _entries.CopyForward(after, maxBytes, target);
        }
    }

    /// <summary>Adds an entry of a checkpoint; entries come in ascending order, before any other is added.</summary>
    public void AppendEntry(ReadOnlySpan<byte> entry) => _entries.Append(entry);

    /// <summary>Sets which fields led through an array, as a checkpoint says.</summary>
    public void RestoreMultikeyFields(ulong fields) => Interlocked.Or(ref _multikeyFields, fields);

    private void ForEachEntry(KeyList keys, RecordId record, KeyList? except, bool add)
    {
        Span<byte> stack = stackalloc byte[StackEntrySize];
        for (int i = 0; i < keys.Count; i++)
        {
            ReadOnlySpan<byte> key = keys[i];
            if (except is not null && except.Contains(key))
            {
                continue;
            }

            int size = key.Length + IndexEntry.RecordIdSize;
            Span<byte> entry = size <= stack.Length ? stack[..size] : new byte[size];
            IndexEntry.Write(key, record.Value, entry);
            lock (_lock)
            {
                _ = add ? _entries.Add(entry) : _entries.Remove(entry);
            }
        }
    }

    private static KeyRange Bounded(ReadOnlySpan<byte> prefix, IndexInterval interval, bool descending)
    {
        byte[] low = interval.Lower.Beginning;
        byte[] high = interval.Upper.UpperBeginning;
        return descending
            ? new KeyRange(Edge(prefix, Inverted(high), !interval.Upper.IsInclusive)!, Edge(prefix, Inverted(low), interval.Lower.IsInclusive))
            : new KeyRange(Edge(prefix, low, !interval.Lower.IsInclusive)!, Edge(prefix, high, interval.Upper.IsInclusive));
    }

    private static byte[]? Edge(ReadOnlySpan<byte> prefix, byte[] beginning, bool after)
    {
        byte[] edge = [.. prefix, .. beginning];
        return after ? AfterAll(edge) : edge;
    }

    private static byte[] Inverted(byte[] bytes) => Array.ConvertAll(bytes, value => (byte)~value);

    // The first string after all those that begin with the given bytes; null where there is none.
    private static byte[]? AfterAll(ReadOnlySpan<byte> beginning)
    {
        beginning = beginning.TrimEnd((byte)0xFF);
        if (beginning.IsEmpty)
        {
            return null;
        }

        byte[] after = beginning.ToArray();
        after[^1]++;
        return after;
    }
}
