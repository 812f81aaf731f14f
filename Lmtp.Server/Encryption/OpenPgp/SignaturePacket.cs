using System.Buffers.Binary;

namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>A signature of version 4 (RFC 4880 section 5.2.3), as far as it matters for choosing a key.</summary>
internal sealed class SignaturePacket
{
    private const int SupportedVersion = 4;

    private SignaturePacket(SignatureType type, KeyAlgorithm keyAlgorithm, byte hashAlgorithm, byte[] hashedPart) =>
        (Type, KeyAlgorithm, HashAlgorithm, HashedPart) = (type, keyAlgorithm, hashAlgorithm, hashedPart);

    public SignatureType Type { get; }

    public KeyAlgorithm KeyAlgorithm { get; }

    /// <summary>The number of the hash algorithm (RFC 4880 section 9.4).</summary>
    public byte HashAlgorithm { get; }

    /// <summary>The part of the packet that is signed itself.</summary>
    public byte[] HashedPart { get; }

    /// <summary>The first two bytes of the hash.</summary>
    public byte[] HashStart { get; private set; } = [];

    /// <summary>The numbers that make the signature, encoded.</summary>
    public byte[] Value { get; private set; } = [];

    public SignatureProperties Properties { get; } = new();

    /// <summary>Reads a packet, or gives null where its version is not supported.</summary>
    /// <exception cref="MessageEncryptionException">The packet is damaged.</exception>
    public static SignaturePacket? Read(ReadOnlySpan<byte> body)
    {
        var reader = new PacketReader(body);
        if (reader.Byte() != SupportedVersion)
        {
            return null;
        }

        var type = (SignatureType)reader.Byte();
        var keyAlgorithm = (KeyAlgorithm)reader.Byte();
        var hashAlgorithm = reader.Byte();
        var hashed = reader.Take(reader.UInt16());
        var hashedPart = body[..(body.Length - reader.Rest.Length)].ToArray();
        var signature = new SignaturePacket(type, keyAlgorithm, hashAlgorithm, hashedPart);
        signature.Properties.Read(hashed, isHashed: true);
        signature.Properties.Read(reader.Take(reader.UInt16()), isHashed: false);
        signature.HashStart = reader.Take(2).ToArray();
        signature.Value = reader.Rest.ToArray();
        return signature;
    }

    /// <summary>What follows the signed data in the hash (RFC 4880 section 5.2.4).</summary>
    public byte[] Trailer()
    {
        var trailer = new byte[HashedPart.Length + 6];
        HashedPart.CopyTo(trailer, 0);
        (trailer[^6], trailer[^5]) = (SupportedVersion, 0xFF);
        BinaryPrimitives.WriteInt32BigEndian(trailer.AsSpan(^4), HashedPart.Length);
        return trailer;
    }
}
