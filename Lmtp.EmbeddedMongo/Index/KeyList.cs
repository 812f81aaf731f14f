using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>The index keys of one document: several for a multikey or text index, none where it is left out.</summary>
internal sealed class KeyList
{
    private const int LinearLimit = 16;

    private readonly ByteBuffer _buffer = new();
    private readonly List<Range> _keys = new(1);
    private HashSet<int>? _hashes;
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
        _hashes?.Add(HashOf(_buffer.Span[_start..]));
        _keys.Add(_start.._buffer.Length);
        _start = _buffer.Length;
    }

    /// <summary>Whether a key is among these.</summary>
    public bool Contains(ReadOnlySpan<byte> key)
    {
        if (_keys.Count > LinearLimit && !Hashes().Contains(HashOf(key)))
        {
            return false;
        }

        for (int i = 0; i < _keys.Count; i++)
        {
            if (this[i].SequenceEqual(key))
            {
                return true;
            }
        }

        return false;
    }

    private static int HashOf(ReadOnlySpan<byte> key)
    {
        HashCode hash = default;
        hash.AddBytes(key);
        return hash.ToHashCode();
    }

    // Comparing each element of a long array with all others would take time by the square of its length.
    private HashSet<int> Hashes()
    {
        if (_hashes is null)
        {
            _hashes = [];
            for (int i = 0; i < _keys.Count; i++)
            {
                _hashes.Add(HashOf(this[i]));
            }
        }

        return _hashes;
    }
}
