using System.Numerics;
using System.Security.Cryptography;

namespace Org.BouncyCastle.Math.EC.Rfc8032;

/// <summary>Checks signatures of the Edwards curve edwards25519 (RFC 8032 section 5.1.7).</summary>
public static class Ed25519
{
    public static readonly int PublicKeySize = 32;
    public static readonly int SignatureSize = 64;

    // The order of the base point.
    private static readonly BigInteger Order =
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    public static bool Verify(ReadOnlySpan<byte> sig, ReadOnlySpan<byte> pk, ReadOnlySpan<byte> m)
    {
        if (sig.Length != SignatureSize)
        {
            throw new ArgumentException("A signature has 64 bytes.", nameof(sig));
        }

        if (pk.Length != PublicKeySize)
        {
            throw new ArgumentException("A public key has 32 bytes.", nameof(pk));
        }

        var s = new BigInteger(sig[32..], isUnsigned: true);
        if (s >= Order || EdwardsPoint.Decode(pk) is not { } key || key.Multiply(8).IsNeutral())
        {
            return false;
        }

        var hash = new BigInteger(SHA512.HashData([.. sig[..32], .. pk, .. m]), isUnsigned: true) % Order;
        var expected = EdwardsPoint.Base.Multiply(s).Add(key.Negate().Multiply(hash)).Encode();
        return sig[..32].SequenceEqual(expected);
    }
}
