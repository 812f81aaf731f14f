using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Bson;

public sealed class KeyEncoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Order_of_encoded_keys_is_the_order_of_the_values(int seed)
    {
        RandomBson random = new(seed);
        for (int i = 0; i < 40_000; i++)
        {
            RawBsonValue left = random.Value();
            RawBsonValue right = random.Value();
            int expected = Math.Sign(BsonOrder.Compare(left.Slice, right.Slice));
            Assert.True(expected == Math.Sign(CompareKeys(left, right, false)), Describe(left, right, seed));
            Assert.True(-expected == Math.Sign(CompareKeys(left, right, true)), "descending " + Describe(left, right, seed));
        }
    }

    [Fact]
    public void Order_is_total()
    {
        RandomBson random = new(7);
        RawBsonValue[] values = [.. Enumerable.Range(0, 200).Select(_ => random.Value())];
        foreach (RawBsonValue a in values)
        {
            foreach (RawBsonValue b in values)
            {
                int order = Math.Sign(BsonOrder.Compare(a.Slice, b.Slice));
                Assert.Equal(order, -Math.Sign(BsonOrder.Compare(b.Slice, a.Slice)));
                RawBsonValue c = values[random.Random.Next(values.Length)];
                if (order <= 0 && BsonOrder.Compare(b.Slice, c.Slice) <= 0)
                {
                    Assert.True(BsonOrder.Compare(a.Slice, c.Slice) <= 0, Describe(a, c, 7));
                }
            }
        }
    }

    [Fact]
    public void No_key_is_the_beginning_of_another()
    {
        RandomBson random = new(11);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] left = Encode(random.Value(), false);
            byte[] right = Encode(random.Value(), false);
            Assert.False(left.Length < right.Length && right.AsSpan().StartsWith(left), Convert.ToHexString(left) + " " + Convert.ToHexString(right));
        }
    }

    [Fact]
    public void Compound_keys_order_by_the_first_field_first()
    {
        RandomBson random = new(13);
        for (int i = 0; i < 20_000; i++)
        {
            (RawBsonValue First, RawBsonValue Second) left = (random.Value(1), random.Value(1));
            (RawBsonValue First, RawBsonValue Second) right = (random.Random.Next(2) == 0 ? left.First : random.Value(1), random.Value(1));
            int first = BsonOrder.Compare(left.First.Slice, right.First.Slice);
            int expected = Math.Sign(first != 0 ? first : -BsonOrder.Compare(left.Second.Slice, right.Second.Slice));
            byte[] leftKey = [.. Encode(left.First, false), .. Encode(left.Second, true)];
            byte[] rightKey = [.. Encode(right.First, false), .. Encode(right.Second, true)];
            Assert.Equal(expected, Math.Sign(leftKey.AsSpan().SequenceCompareTo(rightKey)));
        }
    }

    [Fact]
    public void Small_integer_takes_four_bytes() => Assert.Equal(4, Encode(new(BsonType.Int32, BitConverter.GetBytes(42)), false).Length);

    private static int CompareKeys(RawBsonValue left, RawBsonValue right, bool descending) =>
        Encode(left, descending).AsSpan().SequenceCompareTo(Encode(right, descending));

    private static byte[] Encode(RawBsonValue value, bool descending)
    {
        ByteBuffer buffer = new();
        KeyEncoder.Append(buffer, value.Slice, descending);
        return buffer.ToArray();
    }

    private static string Describe(RawBsonValue left, RawBsonValue right, int seed) =>
        $"seed {seed}: {left.Type} {Convert.ToHexString(left.Bytes.Span)} and {right.Type} {Convert.ToHexString(right.Bytes.Span)}";
}
