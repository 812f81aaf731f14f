using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Index;

public sealed class OrderedKeySetTests
{
    [Theory]
    [InlineData(1, 4, 40)]
    [InlineData(2, 30, 3000)]
    [InlineData(3, 2, 2)]
    [InlineData(4, 100, 120)]
    public void Random_changes_leave_what_a_sorted_set_holds(int seed, int minLength, int maxLength)
    {
        Random random = new(seed);
        OrderedKeySet set = new();
        SortedSet<byte[]> expected = new(Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y)));
        for (int round = 0; round < 6; round++)
        {
            bool growing = round % 2 == 0;
            for (int i = 0; i < 4_000; i++)
            {
                byte[] entry = Entry(random, minLength, maxLength);
                if (growing ? random.Next(4) > 0 : random.Next(4) == 0)
                {
                    Assert.Equal(expected.Add(entry), set.Add(entry));
                    continue;
                }

                byte[] victim = expected.GetViewBetween(entry, [0xFF, 0xFF, 0xFF]).FirstOrDefault() ?? entry;
                Assert.Equal(expected.Remove(victim), set.Remove(victim));
            }

            AssertSame(expected, set);
        }

        foreach (byte[] entry in expected.ToArray())
        {
            Assert.True(set.Remove(entry));
        }

        Assert.Equal(0, set.Count);
        AssertSame([], set);
    }

    [Fact]
    public void Ascending_entries_fill_leaves()
    {
        OrderedKeySet set = new();
        for (int i = 0; i < 100_000; i++)
        {
            byte[] entry = new byte[24];
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(entry, i);
            set.Add(entry);
        }

        Assert.InRange(set.Footprint() / 100_000.0, 24, 31);
    }

    private static byte[] Entry(Random random, int minLength, int maxLength)
    {
        byte[] entry = new byte[random.Next(minLength, maxLength + 1) + IndexEntry.RecordIdSize];
        random.NextBytes(entry);
        entry[0] &= 0x7F;
        return entry;
    }

    private static void AssertSame(IEnumerable<byte[]> expected, OrderedKeySet set)
    {
        List<byte[]> forward = Read(set, true);
        Assert.Equal(expected.Select(Convert.ToHexString), forward.Select(Convert.ToHexString));
        List<byte[]> backward = Read(set, false);
        backward.Reverse();
        Assert.Equal(forward.Select(Convert.ToHexString), backward.Select(Convert.ToHexString));
    }

    private static List<byte[]> Read(OrderedKeySet set, bool isForward)
    {
        List<byte[]> found = [];
        ScanBatch batch = new(1);
        byte[]? position = null;
        while (true)
        {
            if (isForward)
            {
                set.ReadForward(position ?? [], position is not null, null, batch);
            }
            else
            {
                set.ReadBackward(position, [], batch);
            }

            if (batch.Count == 0)
            {
                return found;
            }

            position = batch.LastEntry.ToArray();
            found.Add(position);
        }
    }
}
