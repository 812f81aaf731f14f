using System.Numerics;

namespace Org.BouncyCastle.Math.EC.Rfc8032;

/// <summary>A point of edwards25519 in extended coordinates (RFC 8032 section 5.1.4); only public points come here.</summary>
internal sealed class EdwardsPoint
{
    private const int EncodedSize = 32;

    // d, and a square root of -1, as section 5.1 gives them.
    private static readonly FieldElement D = FieldElement.Zero - (new FieldElement(121665) * new FieldElement(121666).Invert());
    private static readonly FieldElement SquareRootOfMinusOne = new FieldElement(2).Power((FieldElement.Modulus - 1) / 4);

    private readonly FieldElement _x;
    private readonly FieldElement _y;
    private readonly FieldElement _z;
    private readonly FieldElement _t;

    private EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t) => (_x, _y, _z, _t) = (x, y, z, t);

    public static EdwardsPoint Neutral { get; } = new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    /// <summary>The base point: y is 4/5, and x is even.</summary>
    public static EdwardsPoint Base { get; } = Decode((new FieldElement(4) * new FieldElement(5).Invert()).Encode())!;

    /// <summary>The point of 32 bytes, or null where they are not the one encoding of a point (section 5.1.3).</summary>
    public static EdwardsPoint? Decode(ReadOnlySpan<byte> encoded)
    {
        var y = FieldElement.Decode(encoded);
        var isOdd = (encoded[EncodedSize - 1] & 0x80) != 0;
        var canonical = y.Encode();
        canonical[EncodedSize - 1] |= (byte)(encoded[EncodedSize - 1] & 0x80);
        if (!encoded[..EncodedSize].SequenceEqual(canonical))
        {
            return null;
        }

        var square = y * y;
        var x = SquareRoot(square - FieldElement.One, (D * square) + FieldElement.One);
        if (x is not { } root || (isOdd && root.IsSame(FieldElement.Zero)))
        {
            return null;
        }

        root = root.IsNegative == isOdd ? root : FieldElement.Zero - root;
        return new EdwardsPoint(root, y, FieldElement.One, root * y);
    }

    public EdwardsPoint Negate() => new(FieldElement.Zero - _x, _y, _z, FieldElement.Zero - _t);

    public EdwardsPoint Add(EdwardsPoint other)
    {
        var a = (_y - _x) * (other._y - other._x);
        var b = (_y + _x) * (other._y + other._x);
        var c = (_t + _t) * D * other._t;
        var d = (_z + _z) * other._z;
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new EdwardsPoint(e * f, g * h, f * g, e * h);
    }

    public EdwardsPoint Multiply(BigInteger scalar)
    {
        var result = Neutral;
        for (var bit = (int)scalar.GetBitLength() - 1; bit >= 0; bit--)
        {
            result = result.Add(result);
            if (!((scalar >> bit) & 1).IsZero)
            {
                result = result.Add(this);
            }
        }

        return result;
    }

    public byte[] Encode()
    {
        var inverse = _z.Invert();
        var encoded = (_y * inverse).Encode();
        if ((_x * inverse).IsNegative)
        {
            encoded[EncodedSize - 1] |= 0x80;
        }

        return encoded;
    }

    public bool IsNeutral() => _x.IsSame(FieldElement.Zero) && _y.IsSame(_z);

    private static FieldElement? SquareRoot(FieldElement numerator, FieldElement denominator)
    {
        var quotient = numerator * denominator.Invert();
        var root = quotient.Power((FieldElement.Modulus + 3) / 8);
        if ((root * root).IsSame(quotient))
        {
            return root;
        }

        root *= SquareRootOfMinusOne;
        return (root * root).IsSame(quotient) ? root : null;
    }
}
