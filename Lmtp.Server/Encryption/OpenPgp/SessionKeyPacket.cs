using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Lmtp.Server.Encryption.Ciphers;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>Encrypts the session key for one key (RFC 4880 section 5.1, RFC 6637 section 8, RFC 9580 section 5.1.6).</summary>
internal static class SessionKeyPacket
{
    private const byte Version = 3;
    private const int NativeSize = 32;
    private const byte NativePrefix = 0x40;
    private const int WrapUnit = 8;

    /// <summary>The packet's body.</summary>
    /// <exception cref="MessageEncryptionException">The key asks for what is not supported, or is no key.</exception>
    public static byte[] Encode(PublicKeyPacket key, byte cipher, byte[] sessionKey, SeededRandom random)
    {
        var keyId = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(keyId, key.KeyId);
        try
        {
            return [Version, .. keyId, (byte)key.Algorithm, .. EncodeSecret(key, cipher, sessionKey, random)];
        }
        catch (CryptographicException exception)
        {
            throw new MessageEncryptionException("The OpenPGP key has a public key that is none.", exception);
        }
    }

    private static byte[] EncodeSecret(PublicKeyPacket key, byte cipher, byte[] sessionKey, SeededRandom random)
    {
        var sum = 0;
        foreach (var value in sessionKey)
        {
            sum += value;
        }

        byte[] secret = [cipher, .. sessionKey, (byte)(sum >> 8), (byte)sum];
        if (key.Rsa is var (modulus, exponent))
        {
            return Integer(new RsaPublicKey(modulus, exponent).EncryptPkcs1(secret, random));
        }

        return key.Algorithm == KeyAlgorithm.X25519
            ? EncodeX25519(key, cipher, sessionKey, random)
            : EncodeEcdh(key, secret, random);
    }

    private static byte[] EncodeEcdh(PublicKeyPacket key, byte[] secret, SeededRandom random)
    {
        var (publicPoint, shared) = key.Curve is { } curve ? curve.Agree(key.Point, random) : AgreeNatively(key, random);
        var padding = WrapUnit - (secret.Length % WrapUnit);
        byte[] padded = [.. secret, .. Enumerable.Repeat((byte)padding, padding)];
        var wrapped = AesKeyWrap.Wrap(DeriveWrappingKey(key, shared), padded);
        byte[] encodedPoint = key.Curve is null ? [NativePrefix, .. publicPoint] : publicPoint;
        return [.. Integer(encodedPoint), (byte)wrapped.Length, .. wrapped];
    }

    // RFC 6637 section 7: one hash over the secret and what both sides know.
    private static byte[] DeriveWrappingKey(PublicKeyPacket key, byte[] shared)
    {
        byte[] derived =
        [
            0, 0, 0, 1, .. shared,
            (byte)key.CurveOid.Length, .. key.CurveOid, (byte)key.Algorithm,
            3, 1, key.Derivation.Hash, key.Derivation.Cipher,
            .. "Anonymous Sender    "u8, .. key.Fingerprint,
        ];
        var hash = key.Derivation.Hash switch
        {
            8 => SHA256.HashData(derived),
            9 => SHA384.HashData(derived),
            10 => SHA512.HashData(derived),
            _ => throw new MessageEncryptionException("The OpenPGP key derives keys with a hash that is not supported."),
        };
        return key.Derivation.Cipher switch
        {
            7 => hash[..16],
            8 => hash[..24],
            9 => hash[..32],
            _ => throw new MessageEncryptionException("The OpenPGP key wraps keys with a cipher that is not AES."),
        };
    }

    private static byte[] EncodeX25519(PublicKeyPacket key, byte cipher, byte[] sessionKey, SeededRandom random)
    {
        var (publicPoint, shared) = AgreeNatively(key, random);
        var wrappingKey = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, [.. publicPoint, .. key.Point, .. shared], 16, info: "OpenPGP X25519"u8.ToArray());
        var wrapped = AesKeyWrap.Wrap(wrappingKey, sessionKey);
        return [.. publicPoint, (byte)(wrapped.Length + 1), cipher, .. wrapped];
    }

    private static (byte[] PublicPoint, byte[] Shared) AgreeNatively(PublicKeyPacket key, SeededRandom random)
    {
        var scalar = random.Next(NativeSize);
        var (publicPoint, shared) = (new byte[NativeSize], new byte[NativeSize]);
        X25519.GeneratePublicKey(scalar, publicPoint);
        var isSecret = X25519.CalculateAgreement(scalar, key.Point, shared);
        CryptographicOperations.ZeroMemory(scalar);
        return isSecret
            ? (publicPoint, shared)
            : throw new MessageEncryptionException("The OpenPGP key has a public key that is none.");
    }

    private static byte[] Integer(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimStart((byte)0);
        var bits = (bytes.Length * 8) - BitOperations.LeadingZeroCount((uint)bytes[0]) + 24;
        return [(byte)(bits >> 8), (byte)bits, .. bytes];
    }
}
