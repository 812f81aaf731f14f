namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>The kinds of packets that keys and encrypted messages consist of (RFC 4880 section 4.3).</summary>
internal enum PacketTag
{
    EncryptedSessionKey = 1,
    Signature = 2,
    SecretKey = 5,
    PublicKey = 6,
    SecretSubkey = 7,
    LiteralData = 11,
    UserId = 13,
    PublicSubkey = 14,
    UserAttribute = 17,
    ProtectedData = 18,
    ModificationDetectionCode = 19,
}
