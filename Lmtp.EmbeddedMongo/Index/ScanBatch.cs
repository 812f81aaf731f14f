using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>Some entries of an index, copied out while its lock was held.</summary>
internal sealed class ScanBatch
{
    private const int FirstCapacity = 8;
    private const int MaxCapacity = 256;

    private readonly ByteBuffer _last = new();
    private long[] _records = [];
    private readonly int _maxCapacity;
    private readonly KeyText? _text;
    private int _capacity;
    private int _looked;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="maxCapacity">How many entries a batch has at most.</param>
    /// <param name="text">Leaves out entries without this in them; null leaves out none.</param>
    public ScanBatch(int maxCapacity = MaxCapacity, KeyText? text = null)
    {
        _maxCapacity = maxCapacity;
        _text = text;
        _capacity = Math.Min(FirstCapacity, maxCapacity) / 2;
    }

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>True where no more entries are to be looked at.</summary>
    public bool IsFull => _looked == _capacity;

    /// <summary>The last entry that was looked at, whole.</summary>
    public ReadOnlySpan<byte> LastEntry => _last.Span;

    /// <summary>The record id of an entry.</summary>
    public long this[int index] => _records[index];

    /// <summary>Empties the batch; the next one may be twice as large.</summary>
    public void Clear()
    {
        Count = 0;
        _looked = 0;
        _capacity = Math.Clamp(_capacity * 2, 1, _maxCapacity);
        if (_records.Length < _capacity)
        {
            _records = new long[_capacity];
        }
    }

    /// <summary>Adds an entry.</summary>
    public void Add(ReadOnlySpan<byte> entry)
    {
        _looked++;
        if (_text is null || _text.MayBeIn(entry))
        {
            _records[Count++] = IndexEntry.RecordOf(entry);
        }

        if (IsFull)
        {
            _last.Truncate(0);
            _last.Append(entry);
        }
    }
}
