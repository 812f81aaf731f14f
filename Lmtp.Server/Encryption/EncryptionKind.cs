namespace Lmtp.Server.Encryption;

/// <summary>The two ways in which mail is encrypted for its reader.</summary>
internal enum EncryptionKind
{
    /// <summary>OpenPGP/MIME (RFC 3156) with the packets of RFC 4880.</summary>
    OpenPgp,

    /// <summary>S/MIME (RFC 8551) with CMS enveloped data (RFC 5652, RFC 5083).</summary>
    Smime,
}
