using System.Buffers.Binary;

namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>The subpackets of a signature (RFC 4880 section 5.2.3.1) that say whether and how a key is used.</summary>
internal sealed class SignatureProperties
{
    private const int CriticalBit = 0x80;
    private const byte Aes256 = 9;
    private const byte EncryptCommunication = 0x04;
    private const byte EncryptStorage = 0x08;

    private TimeSpan? _lifetime;
    private byte[]? _preferredCiphers;

    private enum Subpacket
    {
        CreationTime = 2,
        ExpirationTime = 3,
        KeyExpirationTime = 9,
        PreferredCiphers = 11,
        RevocationKey = 12,
        Issuer = 16,
        Notation = 20,
        PrimaryUserId = 25,
        KeyFlags = 27,
        RevocationReason = 29,
        IssuerFingerprint = 33,
    }

    public DateTimeOffset Created { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>The key that made the signature, or 0.</summary>
    public ulong Issuer { get; private set; }

    /// <summary>How long the key is good from its creation on, or null for ever.</summary>
    public TimeSpan? KeyLifetime { get; private set; }

    public bool IsPrimaryUserId { get; private set; }

    /// <summary>Whether the key may encrypt; where nothing says what it may, it may not.</summary>
    public bool MayEncrypt { get; private set; }

    /// <summary>Why a key was revoked (RFC 4880 section 5.2.3.23); 0 for no reason.</summary>
    public byte RevocationReason { get; private set; }

    /// <summary>Whether something has to be understood that is not: then the signature counts for nothing.</summary>
    public bool DemandsMore { get; private set; }

    public bool PrefersAes256 => _preferredCiphers?.Contains(Aes256) == true;

    /// <summary>Whether the signature itself is in force.</summary>
    public bool IsInForce(DateTimeOffset now) => Created <= now && (_lifetime is not { } lifetime || now < Created + lifetime);

    /// <summary>Takes in one of the two areas; of the one that is not signed only who made the signature.</summary>
    public void Read(ReadOnlySpan<byte> area, bool isHashed)
    {
        var reader = new PacketReader(area);
        while (!reader.IsAtEnd)
        {
            var part = new PacketReader(reader.Subpacket());
            var type = part.Byte();
            var kind = (Subpacket)(type & ~CriticalBit);
            if (isHashed || kind is Subpacket.Issuer or Subpacket.IssuerFingerprint)
            {
                Read(kind, (type & CriticalBit) != 0, part.Rest);
            }
        }
    }

    private static TimeSpan? Lifetime(ReadOnlySpan<byte> value)
    {
        var seconds = new PacketReader(value).UInt32();
        return seconds == 0 ? null : TimeSpan.FromSeconds(seconds);
    }

    private void Read(Subpacket kind, bool isCritical, ReadOnlySpan<byte> value)
    {
        switch (kind)
        {
            case Subpacket.CreationTime:
                Created = DateTimeOffset.FromUnixTimeSeconds(new PacketReader(value).UInt32());
                break;
            case Subpacket.ExpirationTime:
                _lifetime = Lifetime(value);
                break;
            case Subpacket.KeyExpirationTime:
                KeyLifetime = Lifetime(value);
                break;
            case Subpacket.PreferredCiphers:
                _preferredCiphers = value.ToArray();
                break;
            case Subpacket.RevocationKey:
                DemandsMore = true;
                break;
            case Subpacket.Issuer:
                Issuer = BinaryPrimitives.ReadUInt64BigEndian(new PacketReader(value).Take(8));
                break;
            case Subpacket.IssuerFingerprint when value.Length == 21:
                Issuer = BinaryPrimitives.ReadUInt64BigEndian(value[^8..]);
                break;
            case Subpacket.Notation:
                DemandsMore |= isCritical;
                break;
            case Subpacket.PrimaryUserId:
                IsPrimaryUserId = value is [1, ..];
                break;
            case Subpacket.KeyFlags:
                MayEncrypt = value is [var flags, ..] && (flags & (EncryptCommunication | EncryptStorage)) != 0;
                break;
            case Subpacket.RevocationReason:
                RevocationReason = new PacketReader(value).Byte();
                break;
            default:
                DemandsMore |= isCritical && !IsHarmless((int)kind);
                break;
        }
    }

    // Those of RFC 4880 and RFC 9580 that change nothing about encrypting.
    private static bool IsHarmless(int kind) =>
        kind is (>= 4 and <= 7) or (>= 21 and <= 24) or 26 or 28 or (>= 30 and <= 35) or 39;
}
