using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>Checks signatures that a primary key made over itself and its parts (RFC 4880 section 5.2.4).</summary>
internal sealed class SignatureChecker(PublicKeyPacket primary)
{
    /// <summary>The most signatures of one key that are checked for one message.</summary>
    public const int MaximumChecks = 256;

    private const int EdwardsHalf = 32;

    private readonly byte[] _primaryData = KeyData(primary);
    private int _checks;

    /// <summary>What stands for a key in what is signed.</summary>
    public static byte[] KeyData(PublicKeyPacket key) =>
        [0x99, (byte)(key.Body.Length >> 8), (byte)key.Body.Length, .. key.Body];

    /// <summary>Whether the primary key made this signature over itself and a part.</summary>
    /// <param name="signature">The signature.</param>
    /// <param name="signedData">The part's data; empty for signatures over the primary key alone.</param>
    /// <exception cref="MessageEncryptionException">The key has so many signatures that checking them is an attack.</exception>
    public bool IsGenuine(SignaturePacket signature, ReadOnlySpan<byte> signedData)
    {
        if (signature.Properties.Issuer != primary.KeyId
            || signature.KeyAlgorithm != primary.Algorithm
            || signature.Properties.DemandsMore
            || HashName(signature.HashAlgorithm) is not { } algorithm)
        {
            return false;
        }

        if (++_checks > MaximumChecks)
        {
            throw new MessageEncryptionException($"The OpenPGP key has more than {MaximumChecks} signatures of its own.");
        }

        using var hasher = IncrementalHash.CreateHash(algorithm);
        hasher.AppendData(_primaryData);
        hasher.AppendData(signedData);
        hasher.AppendData(signature.Trailer());
        var hash = hasher.GetHashAndReset();
        return hash.AsSpan().StartsWith(signature.HashStart) && Verify(signature.Value, hash, algorithm);
    }

    private static HashAlgorithmName? HashName(byte algorithm) => algorithm switch
    {
        2 => HashAlgorithmName.SHA1,
        8 => HashAlgorithmName.SHA256,
        9 => HashAlgorithmName.SHA384,
        10 => HashAlgorithmName.SHA512,
        _ => null,
    };

    private static byte[] Padded(ReadOnlySpan<byte> number, int length)
    {
        var padded = new byte[length];
        number.CopyTo(padded.AsSpan(length - number.Length));
        return padded;
    }

    private bool Verify(byte[] value, byte[] hash, HashAlgorithmName algorithm)
    {
        try
        {
            return primary.Algorithm switch
            {
                KeyAlgorithm.RsaEncryptOrSign or KeyAlgorithm.RsaSign => VerifyRsa(value, hash, algorithm),
                KeyAlgorithm.Ecdsa => VerifyElliptic(value, hash),
                KeyAlgorithm.EdDsa => VerifyEdwards(value, hash),
                KeyAlgorithm.Ed25519 => value.Length == 2 * EdwardsHalf && Ed25519.Verify(value, primary.Point, hash),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private bool VerifyRsa(byte[] value, byte[] hash, HashAlgorithmName algorithm)
    {
        var (modulus, exponent) = primary.Rsa!.Value;
        var number = new PacketReader(value).Integer();
        if (number.Length > modulus.Length)
        {
            return false;
        }

        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
        return rsa.VerifyHash(hash, Padded(number, modulus.Length), algorithm, RSASignaturePadding.Pkcs1);
    }

    private bool VerifyElliptic(byte[] value, byte[] hash)
    {
        if (primary.Curve is not { } curve || Halves(value, curve.FieldSize) is not { } signature)
        {
            return false;
        }

        using var verifier = curve.OpenVerifier(primary.Point);
        return verifier.VerifyHash(hash, signature);
    }

    private bool VerifyEdwards(byte[] value, byte[] hash) =>
        Halves(value, EdwardsHalf) is { } signature && Ed25519.Verify(signature, primary.Point, hash);

    private static byte[]? Halves(byte[] value, int size)
    {
        var reader = new PacketReader(value);
        var first = reader.Integer();
        var second = reader.Integer();
        return first.Length <= size && second.Length <= size ? [.. Padded(first, size), .. Padded(second, size)] : null;
    }
}
