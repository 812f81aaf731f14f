namespace Lmtp.Server.Encryption;

/// <summary>What the mail of one user is encrypted with: the texts as the user gave them, unread so far.</summary>
internal sealed record EncryptionKey
{
    /// <summary>The cipher where a user chose none.</summary>
    public const string DefaultSmimeCipher = "AES-CBC";

    /// <summary>The way of encrypting a session key with RSA where a user chose none.</summary>
    public const string DefaultSmimeKeyTransport = "PKCS#1 v1.5";

    private EncryptionKey(EncryptionKind kind, IReadOnlyList<string> texts) => (Kind, Texts) = (kind, texts);

    /// <summary>Which of the two ways the texts are for.</summary>
    public EncryptionKind Kind { get; }

    /// <summary>One armoured OpenPGP key, or the PEM texts of one or more certificates.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary><c>AES-CBC</c> or <c>AES-GCM</c>, both with 256 bits; of S/MIME alone.</summary>
    public string SmimeCipher { get; private init; } = DefaultSmimeCipher;

    /// <summary><c>PKCS#1 v1.5</c> or <c>OAEP</c>; of S/MIME with RSA alone.</summary>
    public string SmimeKeyTransport { get; private init; } = DefaultSmimeKeyTransport;

    /// <summary>The key of a user: certificates before the OpenPGP key, and null where there is neither.</summary>
    /// <param name="smimeCerts">PEM texts, one certificate each.</param>
    /// <param name="smimeCipher">The user's cipher, or nothing for <see cref="DefaultSmimeCipher"/>.</param>
    /// <param name="smimeKeyTransport">The user's choice, or nothing for <see cref="DefaultSmimeKeyTransport"/>.</param>
    /// <param name="pubKey">An armoured OpenPGP key.</param>
    public static EncryptionKey? Of(
        IReadOnlyList<string> smimeCerts, string? smimeCipher, string? smimeKeyTransport, string? pubKey)
    {
        if (smimeCerts.Count > 0)
        {
            return new EncryptionKey(EncryptionKind.Smime, smimeCerts)
            {
                SmimeCipher = string.IsNullOrEmpty(smimeCipher) ? DefaultSmimeCipher : smimeCipher,
                SmimeKeyTransport = string.IsNullOrEmpty(smimeKeyTransport) ? DefaultSmimeKeyTransport : smimeKeyTransport,
            };
        }

        return string.IsNullOrEmpty(pubKey) ? null : new EncryptionKey(EncryptionKind.OpenPgp, [pubKey]);
    }
}
