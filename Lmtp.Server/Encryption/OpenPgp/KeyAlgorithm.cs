namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>The algorithms of public keys (RFC 4880 section 9.1, RFC 6637 section 5, RFC 9580 section 9.1).</summary>
internal enum KeyAlgorithm
{
    RsaEncryptOrSign = 1,
    RsaEncrypt = 2,
    RsaSign = 3,
    Ecdh = 18,
    Ecdsa = 19,
    EdDsa = 22,
    X25519 = 25,
    Ed25519 = 27,
}
