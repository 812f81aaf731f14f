using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Lmtp.Server.Encryption.Ciphers;

namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>A public key or subkey of version 4 (RFC 4880 section 5.5.2, RFC 6637 section 9).</summary>
internal sealed record PublicKeyPacket
{
    private const int SupportedVersion = 4;
    private const int NativePointSize = 32;

    private static ReadOnlySpan<byte> Curve25519Oid => [0x2B, 0x06, 0x01, 0x04, 0x01, 0x97, 0x55, 0x01, 0x05, 0x01];

    private static ReadOnlySpan<byte> Ed25519Oid => [0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 0x0F, 0x01];

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Keys of version 4 are named by SHA-1.")]
    private PublicKeyPacket(byte[] body, DateTimeOffset created, KeyAlgorithm algorithm)
    {
        (Body, Created, Algorithm) = (body, created, algorithm);
        Fingerprint = SHA1.HashData([0x99, (byte)(body.Length >> 8), (byte)body.Length, .. body]);
        KeyId = BinaryPrimitives.ReadUInt64BigEndian(Fingerprint.AsSpan(^8));
    }

    /// <summary>The whole packet without its header.</summary>
    public byte[] Body { get; }

    public DateTimeOffset Created { get; }

    public KeyAlgorithm Algorithm { get; }

    /// <summary>The 20 bytes that name this key.</summary>
    public byte[] Fingerprint { get; }

    /// <summary>The last eight bytes of the fingerprint.</summary>
    public ulong KeyId { get; }

    /// <summary>The modulus and exponent of RSA, highest byte first.</summary>
    public (byte[] Modulus, byte[] Exponent)? Rsa { get; private init; }

    /// <summary>The curve, where it is one of NIST's.</summary>
    public NistCurve? Curve { get; private init; }

    /// <summary>The object identifier of the curve of ECDH, encoded without tag and length.</summary>
    public byte[] CurveOid { get; private init; } = [];

    /// <summary>The public point: 32 bytes for Curve25519 and Ed25519, an uncompressed point for NIST's curves.</summary>
    public byte[] Point { get; private init; } = [];

    /// <summary>Hash and cipher that ECDH derives keys with, as their numbers.</summary>
    public (byte Hash, byte Cipher) Derivation { get; private init; }

    /// <summary>Reads a packet, or gives null where its version, algorithm or curve is not supported.</summary>
    /// <exception cref="MessageEncryptionException">The packet is damaged.</exception>
    public static PublicKeyPacket? Read(ReadOnlySpan<byte> body)
    {
        var reader = new PacketReader(body);
        if (reader.Byte() != SupportedVersion || body.Length > ushort.MaxValue)
        {
            return null;
        }

        var created = DateTimeOffset.FromUnixTimeSeconds(reader.UInt32());
        var algorithm = (KeyAlgorithm)reader.Byte();
        var head = new PublicKeyPacket(body.ToArray(), created, algorithm);
        return algorithm switch
        {
            KeyAlgorithm.RsaEncryptOrSign or KeyAlgorithm.RsaEncrypt or KeyAlgorithm.RsaSign => ReadRsa(head, ref reader),
            KeyAlgorithm.Ecdh or KeyAlgorithm.Ecdsa or KeyAlgorithm.EdDsa => ReadElliptic(head, ref reader),
            KeyAlgorithm.X25519 or KeyAlgorithm.Ed25519 =>
                head with { Point = reader.Take(NativePointSize).ToArray() },
            _ => null,
        };
    }

    private static PublicKeyPacket ReadRsa(PublicKeyPacket head, ref PacketReader reader)
    {
        var modulus = reader.Integer().TrimStart((byte)0).ToArray();
        return head with { Rsa = (modulus, reader.Integer().ToArray()) };
    }

    private static PublicKeyPacket? ReadElliptic(PublicKeyPacket head, ref PacketReader reader)
    {
        var oid = reader.Take(reader.Byte());
        var point = reader.Integer();
        var derivation = head.Algorithm == KeyAlgorithm.Ecdh ? ReadDerivation(ref reader) : default;
        var native = head.Algorithm switch
        {
            KeyAlgorithm.Ecdh => Curve25519Oid,
            KeyAlgorithm.EdDsa => Ed25519Oid,
            _ => [],
        };
        if (oid.SequenceEqual(native))
        {
            return point is [0x40, ..] && point.Length == NativePointSize + 1
                ? head with
                {
                    CurveOid = oid.ToArray(),
                    Point = point[1..].ToArray(),
                    Derivation = derivation,
                }
                : null;
        }

        var curve = head.Algorithm == KeyAlgorithm.EdDsa ? null : Find(oid);
        return curve is null
            ? null
            : head with
            {
                Curve = curve,
                CurveOid = oid.ToArray(),
                Point = point.ToArray(),
                Derivation = derivation,
            };
    }

    private static (byte Hash, byte Cipher) ReadDerivation(ref PacketReader reader)
    {
        var fields = reader.Take(reader.Byte());
        return fields is [1, var hash, var cipher] ? (hash, cipher) : default;
    }

    private static NistCurve? Find(ReadOnlySpan<byte> oid) => Convert.ToHexString(oid) switch
    {
        "2A8648CE3D030107" => NistCurve.Find("1.2.840.10045.3.1.7"),
        "2B81040022" => NistCurve.Find("1.3.132.0.34"),
        "2B81040023" => NistCurve.Find("1.3.132.0.35"),
        _ => null,
    };
}
