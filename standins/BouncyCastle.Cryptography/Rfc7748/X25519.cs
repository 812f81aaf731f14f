using System.Security.Cryptography;

namespace Org.BouncyCastle.Math.EC.Rfc7748;

/// <summary>The Diffie-Hellman function over Curve25519 (RFC 7748 section 5).</summary>
public static class X25519
{
    public const int PointSize = 32;
    public const int ScalarSize = 32;

    // (486662 + 2) / 4, the curve's one constant in a step of the ladder.
    private static readonly FieldElement A24 = new(121666);

    private static readonly byte[] BasePoint = [9, .. new byte[PointSize - 1]];

    public static bool CalculateAgreement(ReadOnlySpan<byte> k, ReadOnlySpan<byte> u, Span<byte> r)
    {
        ScalarMult(k, u, r);
        return r[..PointSize].IndexOfAnyExcept((byte)0) >= 0;
    }

    public static void GeneratePublicKey(ReadOnlySpan<byte> k, Span<byte> r) => ScalarMultBase(k, r);

    public static void ScalarMult(ReadOnlySpan<byte> k, ReadOnlySpan<byte> u, Span<byte> r)
    {
        Span<byte> scalar = stackalloc byte[ScalarSize];
        k[..ScalarSize].CopyTo(scalar);
        scalar[0] &= 0xF8;
        scalar[ScalarSize - 1] &= 0x7F;
        scalar[ScalarSize - 1] |= 0x40;

        Ladder(scalar, FieldElement.Decode(u)).Encode().CopyTo(r);
        CryptographicOperations.ZeroMemory(scalar);
    }

    public static void ScalarMultBase(ReadOnlySpan<byte> k, Span<byte> r) => ScalarMult(k, BasePoint, r);

    private static FieldElement Ladder(ReadOnlySpan<byte> scalar, FieldElement u)
    {
        var (x2, z2, x3, z3) = (FieldElement.One, FieldElement.Zero, u, FieldElement.One);
        var swap = 0UL;
        for (var bit = 254; bit >= 0; bit--)
        {
            var current = (ulong)(scalar[bit >> 3] >> (bit & 7)) & 1;
            swap ^= current;
            FieldElement.Swap(swap, ref x2, ref x3);
            FieldElement.Swap(swap, ref z2, ref z3);
            swap = current;
            Step(u, ref x2, ref z2, ref x3, ref z3);
        }

        FieldElement.Swap(swap, ref x2, ref x3);
        FieldElement.Swap(swap, ref z2, ref z3);
        return x2 * z2.Invert();
    }

    private static void Step(in FieldElement u, ref FieldElement x2, ref FieldElement z2, ref FieldElement x3, ref FieldElement z3)
    {
        var sum = x2 + z2;
        var difference = x2 - z2;
        var crossSum = (x3 + z3) * difference;
        var crossDifference = (x3 - z3) * sum;
        var sumSquare = sum * sum;
        var differenceSquare = difference * difference;
        var e = sumSquare - differenceSquare;

        var outer = crossSum + crossDifference;
        var inner = crossDifference - crossSum;
        x3 = outer * outer;
        z3 = inner * inner * u;
        x2 = sumSquare * differenceSquare;
        z2 = e * (differenceSquare + (A24 * e));
    }
}
