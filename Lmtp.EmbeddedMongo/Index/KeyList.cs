using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>The index keys of one document: several for a multikey or text index, none where it is left out.</summary>
internal sealed class KeyList
{
    private const int LinearLimit = 16;
    private const int None = -1;

    private readonly ByteBuffer _buffer = new();
    private readonly List<Range> _keys = new(1);

    // By hash, the key that was added last, and for each key the one of the same hash before it.
    private Dictionary<int, int>? _newest;
    private List<int>? _older;
    private int _start;

    /// <summary>No keys; must not be written to.</summary>
    public static KeyList Empty { get; } = new();

    /// <summary>How many keys there are.</summary>
    public int Count => _keys.Count;

    /// <summary>Which fields of the index led through an array: bit 0 is the first field.</summary>
    public ulong MultikeyFields { get; set; }

    /// <summary>The buffer that the next key is written to.</summary>
    public ByteBuffer Buffer => _buffer;

    /// <summary>One of the keys.</summary>
    public ReadOnlySpan<byte> this[int index] => _buffer.Span[_keys[index]];

    /// <summary>Ends the key that was written to <see cref="Buffer"/>; one that is there already is dropped.</summary>
    public void EndKey()
    {
        ReadOnlySpan<byte> key = _buffer.Span[_start..];
        if (_keys.Count > 0 && Contains(key))
        {
            _buffer.Truncate(_start);
            return;
        }

        EndDistinctKey();
    }

    /// <summary>Ends a key that is known not to be there yet.</summary>
    public void EndDistinctKey()
    {
        _keys.Add(_start.._buffer.Length);
        _start = _buffer.Length;
        if (_newest is not null)
        {
            AddHash(_keys.Count - 1);
        }
    }

    /// <summary>Whether a key is among these.</summary>
    public bool Contains(ReadOnlySpan<byte> key) => _keys.Count > LinearLimit ? ContainsByHash(key) : ContainsByLooking(key);

    private static int HashOf(ReadOnlySpan<byte> key)
    {
        HashCode hash = default;
        hash.AddBytes(key);
        return hash.ToHashCode();
    }

    private bool ContainsByLooking(ReadOnlySpan<byte> key)
    {
        for (int i = 0; i < _keys.Count; i++)
        {
            if (this[i].SequenceEqual(key))
            {
                return true;
            }
        }

        return false;
    }

    // Comparing each element of a long array with all others would take time by the square of its length, whether they
    // differ or not.
    private bool ContainsByHash(ReadOnlySpan<byte> key)
    {
        if (_newest is null)
        {
            AddHashes();
        }

        for (int i = _newest!.GetValueOrDefault(HashOf(key), None); i != None; i = _older![i])
        {
            if (this[i].SequenceEqual(key))
            {
                return true;
            }
        }

        return false;
    }

    private void AddHashes()
    {
        _newest = [];
        _older = [];
        for (int i = 0; i < _keys.Count; i++)
        {
            AddHash(i);
        }
    }

    private void AddHash(int index)
    {
        int hash = HashOf(this[index]);
        _older!.Add(_newest!.GetValueOrDefault(hash, None));
        _newest![hash] = index;
    }
}
