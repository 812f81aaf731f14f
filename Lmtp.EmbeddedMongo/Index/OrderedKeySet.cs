namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// An ordered set of byte strings: a B+ tree whose leaves are packed arrays. It is not thread-safe;
/// <see cref="CollectionIndex"/> holds a lock around each call, and scans copy a batch of entries at a time.
/// </summary>
internal sealed partial class OrderedKeySet
{
    private const int MergeSize = LeafNode.TargetSize / 2;

    private LeafNode _first = new();
    private LeafNode _last;
    private object _root;

    /// <summary>Makes an empty set.</summary>
    public OrderedKeySet()
    {
        _last = _first;
        _root = _first;
    }

    /// <summary>How many entries there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds an entry.</summary>
    /// <returns>False where it is there already.</returns>
    public bool Add(ReadOnlySpan<byte> entry)
    {
        bool added = Insert(_root, entry, out byte[]? separator, out object? right);
        if (right is not null)
        {
            BranchNode root = new();
            root.AddFirst(_root);
            root.Insert(1, separator!, right);
            _root = root;
        }

        Count += added ? 1 : 0;
        return added;
    }

    /// <summary>Appends an entry that is after all others: the fast way to fill a set in order.</summary>
    public void Append(ReadOnlySpan<byte> entry)
    {
        if (_last.Size + entry.Length > LeafNode.TargetSize || _root == (object)_last)
        {
            Add(entry);
            return;
        }

        _last.Insert(_last.Count, entry);
        Count++;
    }

    /// <summary>Removes an entry.</summary>
    /// <returns>False where it is not there.</returns>
    public bool Remove(ReadOnlySpan<byte> entry)
    {
        bool removed = Remove(_root, entry);
        while (_root is BranchNode { Count: 1 } branch)
        {
            _root = branch[0];
        }

        Count -= removed ? 1 : 0;
        return removed;
    }

    /// <summary>Finds the first entry at or after a position.</summary>
    /// <param name="position">The position.</param>
    /// <param name="leaf">The leaf the entry is in.</param>
    /// <param name="index">Its place there.</param>
    /// <returns>False where there is none.</returns>
    public bool Seek(ReadOnlySpan<byte> position, out LeafNode leaf, out int index)
    {
        leaf = FindLeaf(position);
        index = leaf.LowerBound(position, out _);
        while (index == leaf.Count)
        {
            if (leaf.Next is null)
            {
                return false;
            }

            leaf = leaf.Next;
            index = 0;
        }

        return true;
    }

    /// <summary>The memory the entries take, in bytes, without the inner nodes.</summary>
    public long Footprint()
    {
        long total = 0;
        for (LeafNode? leaf = _first; leaf is not null; leaf = leaf.Next)
        {
            total += leaf.Footprint;
        }

        return total;
    }

    private LeafNode FindLeaf(ReadOnlySpan<byte> key)
    {
        object node = _root;
        while (node is BranchNode branch)
        {
            node = branch[branch.IndexOf(key)];
        }

        return (LeafNode)node;
    }

    private bool Insert(object node, ReadOnlySpan<byte> entry, out byte[]? separator, out object? right)
    {
        separator = null;
        right = null;
        if (node is LeafNode leaf)
        {
            return InsertIntoLeaf(leaf, entry, ref separator, ref right);
        }

        BranchNode branch = (BranchNode)node;
        int index = branch.IndexOf(entry);
        bool added = Insert(branch[index], entry, out byte[]? childSeparator, out object? childRight);
        if (childRight is null)
        {
            return added;
        }

        branch.Insert(index + 1, childSeparator!, childRight);
        if (branch.Count > BranchNode.MaxChildren)
        {
            int at = index + 2 == branch.Count ? branch.Count - 1 : branch.Count / 2;
            branch.Split(at, out separator, out BranchNode split);
            right = split;
        }

        return added;
    }

    private bool InsertIntoLeaf(LeafNode leaf, ReadOnlySpan<byte> entry, ref byte[]? separator, ref object? right)
    {
        int index = leaf.LowerBound(entry, out bool found);
        if (found)
        {
            return false;
        }

        if (leaf.Count == 0 || leaf.Size + entry.Length <= LeafNode.TargetSize)
        {
            leaf.Insert(index, entry);
            return true;
        }

        // Keys that come in ascending order leave full leaves behind; others are split in the middle.
        bool append = index == leaf.Count;
        int at = append ? leaf.Count : leaf.Count / 2;
        LeafNode upper = leaf.SplitAt(at);
        if (leaf == _last)
        {
            _last = upper;
        }

        if (append || index > at)
        {
            upper.Insert(index - at, entry);
        }
        else
        {
            leaf.Insert(index, entry);
        }

        separator = Separator(leaf[leaf.Count - 1], upper[0]);
        right = upper;
        return true;
    }

    // The shortest string that is after the left entry and not after the right one.
    private static byte[] Separator(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        right[..Math.Min(left.CommonPrefixLength(right) + 1, right.Length)].ToArray();

    private bool Remove(object node, ReadOnlySpan<byte> entry)
    {
        if (node is LeafNode leaf)
        {
            int place = leaf.LowerBound(entry, out bool found);
            if (found)
            {
                leaf.RemoveAt(place);
            }

            return found;
        }

        BranchNode branch = (BranchNode)node;
        int index = branch.IndexOf(entry);
        bool removed = Remove(branch[index], entry);
        if (removed)
        {
            Shrink(branch, index);
        }

        return removed;
    }

    private void Shrink(BranchNode parent, int index)
    {
        if (parent[index] is BranchNode { Count: 0 })
        {
            parent.RemoveAt(index);
            return;
        }

        if (parent[index] is not LeafNode leaf || leaf.Size > MergeSize / 2)
        {
            return;
        }

        if (leaf.Count == 0 && (leaf.Previous is not null || leaf.Next is not null))
        {
            RemoveLeaf(parent, index, leaf);
        }
        else if (index + 1 < parent.Count && leaf.Size + leaf.Next!.Size <= MergeSize)
        {
            MergeWithNext(parent, index, leaf);
        }
        else if (index > 0 && leaf.Previous!.Size + leaf.Size <= MergeSize)
        {
            MergeWithNext(parent, index - 1, leaf.Previous);
        }
    }

    private void RemoveLeaf(BranchNode parent, int index, LeafNode leaf)
    {
        _first = leaf == _first ? leaf.Next! : _first;
        _last = leaf == _last ? leaf.Previous! : _last;
        leaf.Unlink();
        parent.RemoveAt(index);
    }

    private void MergeWithNext(BranchNode parent, int index, LeafNode leaf)
    {
        _last = leaf.Next == _last ? leaf : _last;
        leaf.MergeNext();
        parent.RemoveAt(index + 1);
    }
}
