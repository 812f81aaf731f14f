using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lmtp.Tests.Unit.Encryption;

/// <summary>Keys to encrypt for where nobody decrypts.</summary>
internal static class SampleKeys
{
    /// <summary>A key over Ed25519 and Curve25519, as openpgp.js makes it.</summary>
    public const string Curve25519 = """
        -----BEGIN PGP PUBLIC KEY BLOCK-----

        xjMEawISXxYJKwYBBAHaRw8BAQdAfEBjtxrYiaBUxq6eV1PM+nRUQCnaAK40
        F4vUxWNSwhPNFDxyZWFkZXJAZXhhbXBsZS5vcmc+wsATBBMWCgCFBYJrAhJf
        AwsJBwmQg+RSPt4oeAlFFAAAAAAAHAAgc2FsdEBub3RhdGlvbnMub3BlbnBn
        cGpzLm9yZ+aFE9Vq75JkVmq2SGkm7SZ2Q6583kwRbChXZRPm+O28BRUKCA4M
        BBYAAgECGQECmwMCHgEWIQTKEkpqHVEFmrXSnVKD5FI+3ih4CQAAnpYBAMB2
        jvkl/NAWJkfwu3hx0rYnofFFhQCX2GG4doeJfzjvAP9NmLOE+5cxTc1/AZyy
        pdzfzbaz3H/41heNsRE1NcJQA844BGsCEl8SCisGAQQBl1UBBQEBB0Aivn17
        LoJDIAHaB5Pl8YEy/ed42CDm810fCSl6eHboOAMBCAfCvgQYFgoAcAWCawIS
        XwmQg+RSPt4oeAlFFAAAAAAAHAAgc2FsdEBub3RhdGlvbnMub3BlbnBncGpz
        Lm9yZ5SwgyqWEFWhl4abzP9xJJzouampO/aQ4X8bL9yZMMUeApsMFiEEyhJK
        ah1RBZq10p1Sg+RSPt4oeAkAAEKzAP47a9dxkuOhf7IK3WZBw247T3NDcaLq
        4kJrq0Zp7K51tgD/U+fPwScVi6xCWolNjuzImduPpW670cL+lO9hyd1giw4=
        =AMNx
        -----END PGP PUBLIC KEY BLOCK-----
        """;

    /// <summary>A certificate with a key on P-256.</summary>
    public const string Elliptic = """
        -----BEGIN CERTIFICATE-----
        MIIBdzCCAR2gAwIBAgIUCyaoiC9YiP0puS6qf1cSgQnMeG8wCgYIKoZIzj0EAwIw
        ETEPMA0GA1UEAwwGUmVhZGVyMB4XDTI2MTEyMTIyMTAwMFoXDTI2MTEyMjIyMTAw
        MFowETEPMA0GA1UEAwwGUmVhZGVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
        0Hl3AWpGpEzbuYT08hixz2SEmYFji11zPn8fuZenQkYB3MC3fgcG31JNLNdk8Sj6
        pHugjHvX68j8WYS1inRid6NTMFEwHQYDVR0OBBYEFA5NE0VhbYtei89VJ71Aa3o6
        D3sYMB8GA1UdIwQYMBaAFA5NE0VhbYtei89VJ71Aa3o6D3sYMA8GA1UdEwEB/wQF
        MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAOZrbw+GkHBpHhxHO8Nl3Nv4LW0A2aiN
        PszbKldy0Y/bAiAJhKJ+dCK56bSWEy1mFmIpd7AcP5tizQ7bOsoDiOQSxA==
        -----END CERTIFICATE-----
        """;

    /// <summary>A certificate with an RSA key of 2048 bits, which has expired long ago.</summary>
    public static string Rsa { get; } = MakeRsa();

    private static string MakeRsa()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Reader", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        return certificate.ExportCertificatePem();
    }
}
