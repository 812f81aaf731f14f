using System.Buffers.Binary;
using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Index;

/// <content>Copying entries out in order.</content>
internal sealed partial class OrderedKeySet
{
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
    public byte[]? CopyForward(ReadOnlySpan<byte> after, int maxBytes, ByteBuffer target)
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
                BinaryPrimitives.WriteInt32LittleEndian(target.Reserve(sizeof(int)), entry.Length);
                target.Append(entry);
            }

            last = leaf.Count == 0 ? last : leaf[leaf.Count - 1].ToArray();
            leaf = leaf.Next;
            index = 0;
        }

        return target.Length == 0 ? null : last;
    }
}
