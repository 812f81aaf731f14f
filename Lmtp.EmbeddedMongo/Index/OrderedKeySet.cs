namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// An ordered set of byte strings: a B+ tree whose leaves are packed arrays. It is not thread-safe;
/// <see cref="CollectionIndex"/> holds a lock around each call, and scans copy a batch of entries at a time.
/// </summary>
internal sealed class OrderedKeySet
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

    /// <summary>Copies entries from a range in ascending order.</summary>
    /// <param name="position">Where to start.</param>
    /// <param name="after">True where an entry equal to the position is left out.</param>
    /// <param name="end">The first entry that is beyond the range, null where the range has no end.</param>
    /// <param name="batch">Where to; what was in it is lost.</param>
    public void ReadForward(ReadOnlySpan<byte> position, bool after, byte[]? end, ScanBatch batch)
    {
        batch.Clear();
        LeafNode? leaf = FindLeaf(position);
        int index = leaf.LowerBound(position, out bool found);
        index += found && after ? 1 : 0;
        while (leaf is not null && !batch.IsFull)
        {
            if (index >= leaf.Count)
            {
                leaf = leaf.Next;
                index = 0;
                continue;
            }

            ReadOnlySpan<byte> entry = leaf[index++];
            if (end is not null && entry.SequenceCompareTo(end) >= 0)
            {
                return;
            }

            batch.Add(entry);
        }
    }

    /// <summary>Copies entries from a range in descending order.</summary>
    /// <param name="before">The first entry beyond the range, null for the end of the set.</param>
    /// <param name="lower">The lowest entry of the range.</param>
    /// <param name="batch">Where to; what was in it is lost.</param>
    public void ReadBackward(byte[]? before, ReadOnlySpan<byte> lower, ScanBatch batch)
    {
        batch.Clear();
        LeafNode? leaf = before is null ? _last : FindLeaf(before);
        int index = (before is null ? leaf.Count : leaf.LowerBound(before, out _)) - 1;
        while (leaf is not null && !batch.IsFull)
        {
            if (index < 0)
            {
                leaf = leaf.Previous;
                index = (leaf?.Count ?? 0) - 1;
                continue;
            }

            ReadOnlySpan<byte> entry = leaf[index--];
            if (entry.SequenceCompareTo(lower) < 0)
            {
                return;
            }

            batch.Add(entry);
        }
    }

    /// <summary>Copies whole entries in ascending order, each with its length (32 bits) in front.</summary>
    /// <param name="after">The entry to go on after; empty for the beginning.</param>
    /// <param name="maxBytes">About how much to copy.</param>
    /// <param name="target">Where to.</param>
    /// <returns>The last entry copied; null where none was left.</returns>
    public byte[]? CopyForward(ReadOnlySpan<byte> after, int maxBytes, Bson.ByteBuffer target)
    {
        LeafNode? leaf = FindLeaf(after);
        int index = leaf.LowerBound(after, out bool found);
        index += found ? 1 : 0;
        byte[]? last = null;
        while (leaf is not null && target.Length < maxBytes)
        {
            for (; index < leaf.Count; index++)
            {
                ReadOnlySpan<byte> entry = leaf[index];
                System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(target.Reserve(sizeof(int)), entry.Length);
                target.Append(entry);
            }

            last = leaf.Count == 0 ? last : leaf[leaf.Count - 1].ToArray();
            leaf = leaf.Next;
            index = 0;
        }

        return target.Length == 0 ? null : last;
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
