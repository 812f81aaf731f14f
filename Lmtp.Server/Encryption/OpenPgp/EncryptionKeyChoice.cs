using Lmtp.Server.Encryption.Ciphers;

namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>
/// Chooses the key of a certificate to encrypt with, by the rules of openpgp.js 6: the newest good subkey that may encrypt,
/// then the primary key.
/// </summary>
internal sealed class EncryptionKeyChoice
{
    /// <summary>The shortest and longest RSA modulus, in bits.</summary>
    public const int MinimumRsaBits = 2048, MaximumRsaBits = 16384;

    private readonly OpenPgpCertificate _certificate;
    private readonly SignatureChecker _checker;
    private readonly DateTimeOffset _now;

    private EncryptionKeyChoice(OpenPgpCertificate certificate, DateTimeOffset now) =>
        (_certificate, _checker, _now) = (certificate, new SignatureChecker(certificate.Primary), now);

    /// <summary>The key, and whether its owner's programs read AES-256; all read AES-128.</summary>
    /// <exception cref="MessageEncryptionException">There is no key that may encrypt and is neither revoked nor expired.</exception>
    public static (PublicKeyPacket Key, bool UsesAes256) Make(OpenPgpCertificate certificate, DateTimeOffset now) =>
        new EncryptionKeyChoice(certificate, now).Make();

    private (PublicKeyPacket Key, bool UsesAes256) Make()
    {
        RequireSoundPrimary();
        var certification = PrimaryCertification();
        RequireInForce(certification);

        string? reason = null;
        foreach (var subkey in _certificate.Subkeys.OrderByDescending(static subkey => subkey.Key!.Created))
        {
            var fault = Fault(subkey);
            if (fault is null)
            {
                return (subkey.Key!, certification.PrefersAes256);
            }

            reason ??= fault;
        }

        return certification.MayEncrypt && CanEncrypt(_certificate.Primary)
            ? (_certificate.Primary, certification.PrefersAes256)
            : throw new MessageEncryptionException(reason ?? "The OpenPGP key has no key for encryption.");
    }

    private void RequireSoundPrimary()
    {
        if (WeakRsa(_certificate.Primary) is { } fault)
        {
            throw new MessageEncryptionException(fault);
        }

        if (IsRevoked(_certificate.Signatures, SignatureType.KeyRevocation, []))
        {
            throw new MessageEncryptionException("The OpenPGP key is revoked.");
        }
    }

    /// <summary>What the key's owner says of it in the main user's certification.</summary>
    private SignatureProperties PrimaryCertification()
    {
        var certified = _certificate.Users
            .Select(user => (User: user, Certification: LatestGenuine(user.Signatures, IsCertification, user.SignedData)))
            .Where(static pair => pair.Certification is not null)
            .Select(pair => (
                Properties: pair.Certification!.Properties,
                IsRevoked: IsRevoked(pair.User.Signatures, SignatureType.CertificationRevocation, pair.User.SignedData)))
            .ToList();
        if (certified.Count == 0)
        {
            throw new MessageEncryptionException("The OpenPGP key has no user whom it certifies itself.");
        }

        var main = certified
            .OrderBy(static pair => !pair.IsRevoked)
            .ThenBy(static pair => pair.Properties.IsPrimaryUserId)
            .ThenBy(static pair => pair.Properties.Created)
            .Last();
        return main.IsRevoked
            ? throw new MessageEncryptionException("The users of the OpenPGP key are revoked.")
            : main.Properties;
    }

    private void RequireInForce(SignatureProperties certification)
    {
        var direct = LatestGenuine(_certificate.Signatures, static type => type == SignatureType.DirectKey, []);
        if (IsExpired(_certificate.Primary, certification)
            || (direct is not null && IsExpired(_certificate.Primary, direct.Properties)))
        {
            throw new MessageEncryptionException("The OpenPGP key has expired.");
        }
    }

    /// <summary>Why a subkey cannot be used, or null where it can.</summary>
    private string? Fault(OpenPgpCertificate.Component subkey)
    {
        var binding = LatestGenuine(subkey.Signatures, static type => type == SignatureType.SubkeyBinding, subkey.SignedData);
        if (binding is null || !binding.Properties.MayEncrypt || !CanEncrypt(subkey.Key!))
        {
            return "The OpenPGP key has no key for encryption.";
        }

        if (IsRevoked(subkey.Signatures, SignatureType.SubkeyRevocation, subkey.SignedData))
        {
            return "The encryption key of the OpenPGP key is revoked.";
        }

        return IsExpired(subkey.Key!, binding.Properties)
            ? "The encryption key of the OpenPGP key has expired."
            : WeakRsa(subkey.Key!);
    }

    private bool IsExpired(PublicKeyPacket key, SignatureProperties properties) =>
        key.Created > _now || (properties.KeyLifetime is { } lifetime && _now >= key.Created + lifetime);

    private bool IsRevoked(List<SignaturePacket> signatures, SignatureType type, byte[] signedData) => signatures.Exists(
        signature => signature.Type == type
            && (IsHard(signature.Properties.RevocationReason) || signature.Properties.IsInForce(_now))
            && _checker.IsGenuine(signature, signedData));

    private SignaturePacket? LatestGenuine(List<SignaturePacket> signatures, Predicate<SignatureType> isWanted, byte[] signedData)
    {
        SignaturePacket? latest = null;
        for (var index = signatures.Count - 1; index >= 0; index--)
        {
            var signature = signatures[index];
            if (isWanted(signature.Type)
                && (latest is null || signature.Properties.Created >= latest.Properties.Created)
                && signature.Properties.IsInForce(_now)
                && _checker.IsGenuine(signature, signedData))
            {
                latest = signature;
            }
        }

        return latest;
    }

    private static bool IsCertification(SignatureType type) =>
        type is >= SignatureType.GenericCertification and <= SignatureType.PositiveCertification;

    // Superseded, retired and no longer valid count from the day of the revocation on; a stolen key was never good.
    private static bool IsHard(byte reason) => reason is not (1 or 3 or 32);

    private static bool CanEncrypt(PublicKeyPacket key) => key.Algorithm
        is KeyAlgorithm.RsaEncryptOrSign or KeyAlgorithm.RsaEncrypt or KeyAlgorithm.Ecdh or KeyAlgorithm.X25519;

    private static string? WeakRsa(PublicKeyPacket key)
    {
        if (key.Rsa is not var (modulus, exponent))
        {
            return null;
        }

        var rsa = new RsaPublicKey(modulus, exponent);
        if (rsa.Bits is < MinimumRsaBits or > MaximumRsaBits)
        {
            return $"The OpenPGP key has an RSA key of {rsa.Bits} bits; {MinimumRsaBits} to {MaximumRsaBits} are supported.";
        }

        return rsa.IsSound ? null : "The OpenPGP key has an RSA key that is none.";
    }
}
