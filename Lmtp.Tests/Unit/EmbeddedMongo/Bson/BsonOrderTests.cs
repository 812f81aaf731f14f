using System.Numerics;
using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Bson;

public sealed class BsonOrderTests
{
    [Fact]
    public void Types_are_in_the_documented_order()
    {
        RawBsonValue[] ascending =
        [
            RawBsonValue.MinKey,
            new(BsonType.Undefined, default),
            RawBsonValue.Null,
            Double(double.NaN),
            Double(double.NegativeInfinity),
            Int32(-1),
            Int32(0),
            Double(double.PositiveInfinity),
            new(BsonType.String, new byte[] { 2, 0, 0, 0, (byte)'a', 0 }),
            new(BsonType.Document, new byte[] { 5, 0, 0, 0, 0 }),
            new(BsonType.Array, new byte[] { 5, 0, 0, 0, 0 }),
            new(BsonType.Binary, new byte[] { 0, 0, 0, 0, 0 }),
            new(BsonType.ObjectId, new byte[12]),
            new(BsonType.Boolean, new byte[] { 0 }),
            new(BsonType.Boolean, new byte[] { 1 }),
            new(BsonType.DateTime, new byte[8]),
            new(BsonType.Timestamp, new byte[8]),
            new(BsonType.RegularExpression, new byte[] { 0, 0 }),
            RawBsonValue.MaxKey,
        ];
        for (int i = 1; i < ascending.Length; i++)
        {
            Assert.True(BsonOrder.Compare(ascending[i - 1].Slice, ascending[i].Slice) < 0, $"{ascending[i - 1].Type} {ascending[i].Type}");
        }
    }

    [Fact]
    public void Missing_equals_null() => Assert.True(BsonOrder.AreEqual(default, RawBsonValue.Null.Slice));

    [Theory]
    [InlineData(9007199254740993, 9007199254740992.0, 1)]
    [InlineData(9007199254740992, 9007199254740992.0, 0)]
    [InlineData(long.MaxValue, 9223372036854775808.0, -1)]
    [InlineData(long.MinValue, -9223372036854775808.0, 0)]
    [InlineData(0, -0.0, 0)]
    [InlineData(1, 1.5, -1)]
    [InlineData(-1, -1.5, 1)]
    [InlineData(long.MinValue, double.NaN, 1)]
    public void Integers_and_doubles_compare_exactly(long whole, double number, int expected)
    {
        RawBsonValue left = new(BsonType.Int64, BitConverter.GetBytes(whole));
        Assert.Equal(expected, Math.Sign(BsonOrder.Compare(left.Slice, Double(number).Slice)));
        Assert.Equal(-expected, Math.Sign(BsonOrder.Compare(Double(number).Slice, left.Slice)));
    }

    [Fact]
    public void Finite_numbers_of_all_types_compare_as_the_rational_numbers_they_are()
    {
        RandomBson random = new(5);
        for (int i = 0; i < 30_000; i++)
        {
            RawBsonValue left = random.Value(0);
            RawBsonValue right = random.Value(0);
            if (Rational(left) is { } l && Rational(right) is { } r)
            {
                int expected = (l.Numerator * r.Denominator).CompareTo(r.Numerator * l.Denominator);
                Assert.Equal(expected, Math.Sign(BsonOrder.Compare(left.Slice, right.Slice)));
            }
        }
    }

    private static (BigInteger Numerator, BigInteger Denominator)? Rational(RawBsonValue value) => value.Type switch
    {
        BsonType.Int32 => (value.Slice.AsInt32, 1),
        BsonType.Int64 => (value.Slice.AsInt64, 1),
        BsonType.Double when double.IsFinite(value.Slice.AsDouble) => Rational(value.Slice.AsDouble),
        BsonType.Decimal128 when (BitConverter.ToUInt64(value.Bytes.Span[8..]) >> 61 & 3) != 3 => Decimal(value.Bytes.Span),
        _ => null,
    };

    private static (BigInteger Numerator, BigInteger Denominator) Rational(double value)
    {
        BigInteger denominator = BigInteger.One;
        while (Math.Truncate(value) != value)
        {
            int shift = Math.Abs(value) < 1e-200 ? 600 : 1;
            value = Math.ScaleB(value, shift);
            denominator <<= shift;
        }

        return (new BigInteger(value), denominator);
    }

    private static (BigInteger Numerator, BigInteger Denominator) Decimal(ReadOnlySpan<byte> bytes)
    {
        ulong high = BitConverter.ToUInt64(bytes[8..]);
        BigInteger coefficient = (BigInteger)new UInt128(high & 0x1FFFFFFFFFFFF, BitConverter.ToUInt64(bytes));
        int exponent = (int)((high >> 49) & 0x3FFF) - 6176;
        coefficient = high >> 63 != 0 ? -coefficient : coefficient;
        return exponent < 0 ? (coefficient, BigInteger.Pow(10, -exponent)) : (coefficient * BigInteger.Pow(10, exponent), 1);
    }

    private static RawBsonValue Int32(int value) => new(BsonType.Int32, BitConverter.GetBytes(value));

    private static RawBsonValue Double(double value) => new(BsonType.Double, BitConverter.GetBytes(value));
}
