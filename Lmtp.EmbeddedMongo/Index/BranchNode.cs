namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// An inner node of the tree. Child <c>i</c> holds the entries from separator <c>i - 1</c> (inclusive) to separator
/// <c>i</c> (exclusive).
/// </summary>
internal sealed class BranchNode
{
    /// <summary>The most children of a node.</summary>
    public const int MaxChildren = 128;

    private byte[][] _separators = new byte[8][];
    private object[] _children = new object[8];

    /// <summary>How many children there are.</summary>
    public int Count { get; private set; }

    /// <summary>A child: a <see cref="LeafNode"/> or a <see cref="BranchNode"/>.</summary>
    public object this[int index] => _children[index];

    /// <summary>Appends the first child, which needs no separator.</summary>
    public void AddFirst(object child)
    {
        _children[0] = child;
        Count = 1;
    }

    /// <summary>The child that a key belongs to.</summary>
    public int IndexOf(ReadOnlySpan<byte> key)
    {
        int low = 0;
        int high = Count - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (key.SequenceCompareTo(_separators[middle]) >= 0)
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

    /// <summary>Inserts a child after another.</summary>
    /// <param name="index">The place of the new child, at least 1.</param>
    /// <param name="separator">What separates it from the child before it.</param>
    /// <param name="child">The child.</param>
    public void Insert(int index, byte[] separator, object child)
    {
        if (Count == _children.Length)
        {
            Array.Resize(ref _children, Math.Min(Count * 2, MaxChildren + 1));
            Array.Resize(ref _separators, _children.Length);
        }

        Array.Copy(_children, index, _children, index + 1, Count - index);
        Array.Copy(_separators, index - 1, _separators, index, Count - index);
        _children[index] = child;
        _separators[index - 1] = separator;
        Count++;
    }

    /// <summary>Removes a child and the separator beside it.</summary>
    public void RemoveAt(int index)
    {
        int separator = Math.Max(index - 1, 0);
        Array.Copy(_children, index + 1, _children, index, Count - index - 1);
        Count--;
        Array.Copy(_separators, separator + 1, _separators, separator, Math.Max(Count - 1 - separator, 0));
        _children[Count] = null!;
    }

    /// <summary>Moves the upper children to a new node.</summary>
    /// <param name="at">The first child that moves, at least 1.</param>
    /// <param name="separator">What separates the two nodes.</param>
    /// <param name="right">The new node.</param>
    public void Split(int at, out byte[] separator, out BranchNode right)
    {
        separator = _separators[at - 1];
        right = new BranchNode();
        right.AddFirst(_children[at]);
        for (int i = at + 1; i < Count; i++)
        {
            right.Insert(right.Count, _separators[i - 1], _children[i]);
        }

        Array.Clear(_children, at, Count - at);
        Count = at;
    }
}
