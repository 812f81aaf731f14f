namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>What a signature says of a key (RFC 4880 section 5.2.1).</summary>
internal enum SignatureType
{
    GenericCertification = 0x10,
    PositiveCertification = 0x13,
    SubkeyBinding = 0x18,
    DirectKey = 0x1F,
    KeyRevocation = 0x20,
    SubkeyRevocation = 0x28,
    CertificationRevocation = 0x30,
}
