using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Lmtp.Server.Encryption.Ciphers;

/// <summary>One of the curves P-256, P-384 and P-521 (FIPS 186-5), with agreement on a secret over it.</summary>
internal sealed class NistCurve
{
    /// <summary>What a point begins with that gives both coordinates in full.</summary>
    private const byte Uncompressed = 4;

    private readonly ECCurve _curve;
    private readonly BigInteger _order;

    private NistCurve(ECCurve curve, int fieldSize, string order) =>
        (_curve, FieldSize, _order) = (curve, fieldSize, BigInteger.Parse("0" + order, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>The bytes of a coordinate.</summary>
    public int FieldSize { get; }

    /// <summary>The bytes of a point with both coordinates.</summary>
    public int PointSize => 1 + (2 * FieldSize);

    private static NistCurve P256 { get; } = new(
        ECCurve.NamedCurves.nistP256, 32, "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private static NistCurve P384 { get; } = new(
        ECCurve.NamedCurves.nistP384,
        48,
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973");

    private static NistCurve P521 { get; } = new(
        ECCurve.NamedCurves.nistP521,
        66,
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409");

    /// <summary>The curve of an object identifier in dots, or null where it is none of the three.</summary>
    public static NistCurve? Find(string? oid) => oid switch
    {
        "1.2.840.10045.3.1.7" => P256,
        "1.3.132.0.34" => P384,
        "1.3.132.0.35" => P521,
        _ => null,
    };

    /// <summary>Whether the bytes are a point of this curve with both coordinates.</summary>
    public bool IsPoint(ReadOnlySpan<byte> point)
    {
        try
        {
            using var key = ECDiffieHellman.Create(new ECParameters { Curve = _curve, Q = ReadPoint(point) });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>A public key of this curve for checking signatures.</summary>
    /// <exception cref="CryptographicException">The point does not lie on the curve.</exception>
    public ECDsa OpenVerifier(ReadOnlySpan<byte> point) => ECDsa.Create(new ECParameters { Curve = _curve, Q = ReadPoint(point) });

    /// <summary>Agrees on a secret with the holder of a public key, by a key pair made for this alone.</summary>
    /// <returns>The public point of the new pair, uncompressed, and the common x coordinate.</returns>
    /// <exception cref="CryptographicException">The point does not lie on the curve.</exception>
    public (byte[] PublicPoint, byte[] Secret) Agree(ReadOnlySpan<byte> point, SeededRandom random)
    {
        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = _curve, Q = ReadPoint(point) });
        var scalar = random.NextBelow(_order, FieldSize);
        using var ours = ECDiffieHellman.Create(new ECParameters { Curve = _curve, D = scalar });
        CryptographicOperations.ZeroMemory(scalar);
        var (x, y) = (ours.ExportParameters(false).Q.X!, ours.ExportParameters(false).Q.Y!);
        return ([Uncompressed, .. x, .. y], ours.DeriveRawSecretAgreement(theirs.PublicKey));
    }

    private ECPoint ReadPoint(ReadOnlySpan<byte> point)
    {
        if (point.Length != PointSize || point[0] != Uncompressed)
        {
            throw new CryptographicException("A point with both coordinates was expected.");
        }

        return new ECPoint { X = point.Slice(1, FieldSize).ToArray(), Y = point[(1 + FieldSize)..].ToArray() };
    }
}
