using System.Buffers.Binary;
using System.Numerics;

namespace Org.BouncyCastle;

/// <summary>
/// A number modulo 2^255 - 19 in five limbs of 51 bits. Sums and products take the same steps for all numbers, because
/// private keys pass through them. Limbs stay below 2^52 between the operations.
/// </summary>
internal readonly struct FieldElement
{
    private const int LimbBits = 51;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    // Sixteen times the modulus, added before a subtraction so that no limb goes below zero.
    private const ulong LowestPad = (LimbMask - 18) << 4;
    private const ulong HigherPad = LimbMask << 4;

    private readonly ulong _l0;
    private readonly ulong _l1;
    private readonly ulong _l2;
    private readonly ulong _l3;
    private readonly ulong _l4;

    public FieldElement(uint value) => _l0 = value;

    private FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) =>
        (_l0, _l1, _l2, _l3, _l4) = (l0, l1, l2, l3, l4);

    public static FieldElement Zero => default;

    public static FieldElement One => new(1);

    /// <summary>2^255 - 19.</summary>
    public static BigInteger Modulus { get; } = BigInteger.Pow(2, 255) - 19;

    public bool IsNegative => (Encode()[0] & 1) == 1;

    /// <summary>Reads 32 bytes, lowest first, without the highest bit.</summary>
    public static FieldElement Decode(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes) & LimbMask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[6..]) >> 3) & LimbMask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]) >> 6) & LimbMask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[19..]) >> 1) & LimbMask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) >> 12) & LimbMask);

    public static FieldElement operator +(in FieldElement a, in FieldElement b) =>
        Carry(a._l0 + b._l0, a._l1 + b._l1, a._l2 + b._l2, a._l3 + b._l3, a._l4 + b._l4);

    public static FieldElement operator -(in FieldElement a, in FieldElement b) => Carry(
        a._l0 + LowestPad - b._l0,
        a._l1 + HigherPad - b._l1,
        a._l2 + HigherPad - b._l2,
        a._l3 + HigherPad - b._l3,
        a._l4 + HigherPad - b._l4);

    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        // What reaches beyond 2^255 comes back nineteenfold.
        var (b1, b2, b3, b4) = (b._l1 * 19, b._l2 * 19, b._l3 * 19, b._l4 * 19);
        var r0 = Product(a._l0, b._l0) + Product(a._l1, b4) + Product(a._l2, b3) + Product(a._l3, b2) + Product(a._l4, b1);
        var r1 = Product(a._l0, b._l1) + Product(a._l1, b._l0) + Product(a._l2, b4) + Product(a._l3, b3) + Product(a._l4, b2);
        var r2 = Product(a._l0, b._l2) + Product(a._l1, b._l1) + Product(a._l2, b._l0) + Product(a._l3, b4) + Product(a._l4, b3);
        var r3 = Product(a._l0, b._l3) + Product(a._l1, b._l2) + Product(a._l2, b._l1) + Product(a._l3, b._l0) + Product(a._l4, b4);
        var r4 = Product(a._l0, b._l4) + Product(a._l1, b._l3) + Product(a._l2, b._l2) + Product(a._l3, b._l1) + Product(a._l4, b._l0);
        r1 += r0 >> LimbBits;
        r2 += r1 >> LimbBits;
        r3 += r2 >> LimbBits;
        r4 += r3 >> LimbBits;
        return Carry(
            ((ulong)r0 & LimbMask) + ((ulong)(r4 >> LimbBits) * 19),
            (ulong)r1 & LimbMask,
            (ulong)r2 & LimbMask,
            (ulong)r3 & LimbMask,
            (ulong)r4 & LimbMask);
    }

    /// <summary>Exchanges two numbers where <paramref name="swap"/> is 1 and not where it is 0, without a branch.</summary>
    public static void Swap(ulong swap, ref FieldElement a, ref FieldElement b)
    {
        var mask = 0UL - swap;
        var (d0, d1, d2, d3, d4) = (
            mask & (a._l0 ^ b._l0), mask & (a._l1 ^ b._l1), mask & (a._l2 ^ b._l2), mask & (a._l3 ^ b._l3), mask & (a._l4 ^ b._l4));
        a = new FieldElement(a._l0 ^ d0, a._l1 ^ d1, a._l2 ^ d2, a._l3 ^ d3, a._l4 ^ d4);
        b = new FieldElement(b._l0 ^ d0, b._l1 ^ d1, b._l2 ^ d2, b._l3 ^ d3, b._l4 ^ d4);
    }

    /// <summary>This number to a power that is no secret.</summary>
    public FieldElement Power(BigInteger exponent)
    {
        var result = One;
        for (var bit = (int)exponent.GetBitLength() - 1; bit >= 0; bit--)
        {
            result *= result;
            if (!((exponent >> bit) & 1).IsZero)
            {
                result *= this;
            }
        }

        return result;
    }

    /// <summary>The number by which this one gives 1; 0 for 0.</summary>
    public FieldElement Invert() => Power(Modulus - 2);

    public bool IsSame(in FieldElement other) => Encode().AsSpan().SequenceEqual(other.Encode());

    /// <summary>The number below the modulus in 32 bytes, lowest first.</summary>
    public byte[] Encode()
    {
        var reduced = Carry(_l0, _l1, _l2, _l3, _l4);
        var excess = (reduced._l0 + 19) >> LimbBits;
        excess = (reduced._l1 + excess) >> LimbBits;
        excess = (reduced._l2 + excess) >> LimbBits;
        excess = (reduced._l3 + excess) >> LimbBits;
        excess = (reduced._l4 + excess) >> LimbBits;
        var l0 = reduced._l0 + (19 * excess);
        var l1 = reduced._l1 + (l0 >> LimbBits);
        var l2 = reduced._l2 + (l1 >> LimbBits);
        var l3 = reduced._l3 + (l2 >> LimbBits);
        var l4 = reduced._l4 + (l3 >> LimbBits);
        (l0, l1, l2, l3, l4) = (l0 & LimbMask, l1 & LimbMask, l2 & LimbMask, l3 & LimbMask, l4 & LimbMask);

        var bytes = new byte[32];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, l0 | (l1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), (l1 >> 13) | (l2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), (l2 >> 26) | (l3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), (l3 >> 39) | (l4 << 12));
        return bytes;
    }

    private static UInt128 Product(ulong a, ulong b)
    {
        var high = System.Math.BigMul(a, b, out var low);
        return new UInt128(high, low);
    }

    private static FieldElement Carry(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        l1 += l0 >> LimbBits;
        l2 += l1 >> LimbBits;
        l3 += l2 >> LimbBits;
        l4 += l3 >> LimbBits;
        return new FieldElement(
            (l0 & LimbMask) + (19 * (l4 >> LimbBits)), l1 & LimbMask, l2 & LimbMask, l3 & LimbMask, l4 & LimbMask);
    }
}
