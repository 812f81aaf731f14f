namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// A leaf of the tree: entries in their order, one after the other in a single array, which costs four bytes an entry
/// beside the entry itself.
/// </summary>
internal sealed class LeafNode
{
    /// <summary>How many bytes of entries a leaf holds before it is split.</summary>
    public const int TargetSize = 4096;

    private const int GrowthStep = 256;

    private byte[] _data = [];
    private int[] _ends = [];

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>The leaf before this one.</summary>
    public LeafNode? Previous { get; set; }

    /// <summary>The leaf after this one.</summary>
    public LeafNode? Next { get; set; }

    /// <summary>The bytes of all entries.</summary>
    public int Size => Count == 0 ? 0 : _ends[Count - 1];

    /// <summary>The memory this leaf takes, in bytes.</summary>
    public int Footprint => _data.Length + (_ends.Length * sizeof(int)) + 120;

    /// <summary>One of the entries.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1];
            return _data.AsSpan(start, _ends[index] - start);
        }
    }

    /// <summary>Finds the first entry that is not before a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="found">Whether that entry equals it.</param>
    /// <returns>Its position, <see cref="Count"/> where all entries are before the key.</returns>
    public int LowerBound(ReadOnlySpan<byte> key, out bool found)
    {
        int low = 0;
        int high = Count;
        found = false;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            int order = this[middle].SequenceCompareTo(key);
            found |= order == 0;
            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Inserts an entry.</summary>
    /// <param name="index">Where.</param>
    /// <param name="entry">The entry.</param>
    public void Insert(int index, ReadOnlySpan<byte> entry)
    {
        int size = Size;
        int start = index == 0 ? 0 : _ends[index - 1];
        EnsureCapacity(size + entry.Length, Count + 1);
        _data.AsSpan(start, size - start).CopyTo(_data.AsSpan(start + entry.Length));
        entry.CopyTo(_data.AsSpan(start));
        Array.Copy(_ends, index, _ends, index + 1, Count - index);
        Count++;
        _ends[index] = start;
        for (int i = index; i < Count; i++)
        {
            _ends[i] += entry.Length;
        }
    }

    /// <summary>Removes an entry.</summary>
    public void RemoveAt(int index)
    {
        int size = Size;
        int start = index == 0 ? 0 : _ends[index - 1];
        int length = _ends[index] - start;
        _data.AsSpan(start + length, size - start - length).CopyTo(_data.AsSpan(start));
        Array.Copy(_ends, index + 1, _ends, index, Count - index - 1);
        Count--;
        for (int i = index; i < Count; i++)
        {
            _ends[i] -= length;
        }
    }

    /// <summary>Moves the entries from a position on to a new leaf, which is linked in after this one.</summary>
    /// <param name="index">The first entry that moves.</param>
    public LeafNode SplitAt(int index)
    {
        LeafNode right = new();
        int start = index == 0 ? 0 : _ends[index - 1];
        right.EnsureCapacity(Size - start, Count - index);
        for (int i = index; i < Count; i++)
        {
            right.Insert(right.Count, this[i]);
        }

        Count = index;
        Array.Resize(ref _data, Size);
        Array.Resize(ref _ends, Count);
        LinkAfter(right);
        return right;
    }

    /// <summary>Takes over all entries of the leaf after this one and unlinks it.</summary>
    public void MergeNext()
    {
        LeafNode next = Next!;
        EnsureCapacity(Size + next.Size, Count + next.Count);
        for (int i = 0; i < next.Count; i++)
        {
            Insert(Count, next[i]);
        }

        next.Unlink();
    }

    /// <summary>Links a leaf in after this one.</summary>
    public void LinkAfter(LeafNode leaf)
    {
        leaf.Previous = this;
        leaf.Next = Next;
        if (Next is not null)
        {
            Next.Previous = leaf;
        }

        Next = leaf;
    }

    /// <summary>Takes the leaf out of the chain.</summary>
    public void Unlink()
    {
        if (Previous is not null)
        {
            Previous.Next = Next;
        }

        if (Next is not null)
        {
            Next.Previous = Previous;
        }
    }

    // Small steps: a doubling array would leave a third of all memory unused.
    private void EnsureCapacity(int bytes, int count)
    {
        if (bytes > _data.Length)
        {
            Array.Resize(ref _data, bytes <= TargetSize ? Math.Min(bytes + GrowthStep, TargetSize) : bytes);
        }

        if (count > _ends.Length)
        {
            Array.Resize(ref _ends, count + 8);
        }
    }
}
