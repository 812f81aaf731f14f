using System.ComponentModel;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Delivery.Encrypted;

/// <summary>Keys of those who read encrypted mail in tests, and the programs that they read it with.</summary>
internal static class ReaderKeys
{
    /// <summary>An OpenPGP key that does not expire.</summary>
    public const string OpenPgp = """
        -----BEGIN PGP PUBLIC KEY BLOCK-----

        mQENBGWSAIABCADaFbZA8U9XS/LFIFR78N1cgDWpEYxi3AW02ZdVXCCZuIAPmZXC
        Vrhb6oltttACi/UdCpQyXjFEH2ZkEtHXdhsxnVdxo3w2wdJ4XmpT4/Gs5RrlJqkz
        SKXWxdtfwMVmZVqOeHeT0ok8N3PIy/msQVuFvmBrkQLDDwBO0xnQWwQr1KjQC/ec
        PmvkVZYzDszPCQaB3rQcJp+cK7GKDAbSdp+l8WAvBujCk8ZCXZyiP/K6vhExCmh+
        jOe3XIx3craztS4nDUZshXUcewrR7LZv/MWBadxAHeP/Ev+nRmHaMcL1vIOB8Uas
        q3tDbl+HUfcfK8/xmO6A3pUYLH+0Ih/0aOOdABEBAAG0GkFsaWNlIDxhbGljZUBl
        eGFtcGxlLnRlc3Q+iQFOBBMBCgA4FiEEPSP3v6CHKexa9WEexRKLLIjxoqcFAmWS
        AIACGw8FCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQxRKLLIjxoqe1Pwf/TR41
        KplBwEejduibT7i3CT9WZbzOR9W498aCwtovTyh5KrZhPrj/djH2dBljted7tKUT
        V1ypWLbUjz8+l6cKHxTsfa6iWXuMqJK1Bb66Au4SJcoPq9DroMEr1H/AdxSi4ipN
        W7lIZFGDuwTC9EvcHWXR8EIDEjvFrNG7hZKztrjlXphvzNt6GPvWa51N2V8mnDnc
        f9CAq0GwOE/fxTsCy166891J+Y5TCw6LWHcfaHtqks/VAiFhYuEk9AI1lmqL0P4x
        y8gPUwRtd7bvFU+571XyEEgeh+A/75prPFTwzPezcemTojPYpYuzk+4qrAXVGE8Q
        0apDu3gVR1bnDHA2kg==
        =6I8i
        -----END PGP PUBLIC KEY BLOCK-----
        """;

    /// <summary>No key, though it looks like one.</summary>
    public const string Broken = """
        -----BEGIN PGP PUBLIC KEY BLOCK-----

        bm8ga2V5
        -----END PGP PUBLIC KEY BLOCK-----
        """;

    private const string OpenPgpSecret = """
        -----BEGIN PGP PRIVATE KEY BLOCK-----

        lQOYBGWSAIABCADaFbZA8U9XS/LFIFR78N1cgDWpEYxi3AW02ZdVXCCZuIAPmZXC
        Vrhb6oltttACi/UdCpQyXjFEH2ZkEtHXdhsxnVdxo3w2wdJ4XmpT4/Gs5RrlJqkz
        SKXWxdtfwMVmZVqOeHeT0ok8N3PIy/msQVuFvmBrkQLDDwBO0xnQWwQr1KjQC/ec
        PmvkVZYzDszPCQaB3rQcJp+cK7GKDAbSdp+l8WAvBujCk8ZCXZyiP/K6vhExCmh+
        jOe3XIx3craztS4nDUZshXUcewrR7LZv/MWBadxAHeP/Ev+nRmHaMcL1vIOB8Uas
        q3tDbl+HUfcfK8/xmO6A3pUYLH+0Ih/0aOOdABEBAAEAB/kBP71AI0xTBv+oRVvL
        10CioPwDBd4J9ZH1dobkBEJjiaeiGee+VITQcfLA4Bp83pRUIEANByESb3jvUHRH
        NElKQB5va4JF8Kzl55SFpSPjMO9gf0IvewEII9tHxxuE+fD00+0guZnzmwBcwV5N
        Wup3756EaduG28p3/m7YFKKyJY5E+AlcDxICWSyFq7/MxsK5wVAi+hIAM8dNv+NQ
        q6GNO/+uIyNYI2YOtC6sJSTVtx9+P8y7H5jFE4EgSxKXkYOOOBjJyhhzHQEfJgXN
        rYtgSbck3wKbKt1u9QzPXu/VJcYyV0kSEKQbgRQrXFwgkb10sfy4wAIvgWR1ADQu
        PJ9BBADnx0hTeevkf5tteUEWUWSAsABp0iJwDuFuQ8Gu+49gQeC+Qh/jusD+jRhh
        saimzcqyJsPVRNi23cLt3h2s2iyYtrgN7ptLpmjePQy2ASKtrqTl+ZuZ8RDkEQAx
        iPGckzjnB/7A/oOGb9xY736UJS47LvtEsRtVoP3d2X9wwbPBdQQA8OAWLHsm1KKr
        eC2RmQfyKZ4BYF8/FecEkyuPL+YsNilCey67REYQ8QQ51VEdOLJSfXqdqj2SnYVK
        0TWdpHezA6j0Ir5Vw7EZvnAsMqeuLU8RvX3gxSi98lR3dLDpY7Zyx5hPrwwFvFf9
        jyj4kS12hBgGpML8z/BsCxPuuVsVbIkEAJ+/g9/+hV9fDbAZK70U4tpswNUfLJgb
        aMENk+oU6iRIXP9SEzYWV7UQ20bTrZkLS1o737rHkHBUo/HLIXOQht7Zf1lyH7SO
        HfZqlK9o7budbN/YB//SEPbLwLympiof5yMlz7GlrDSs6qr0vLij2uC5BZtR8yKN
        OgsiZDXa4KmAPXm0GkFsaWNlIDxhbGljZUBleGFtcGxlLnRlc3Q+iQFOBBMBCgA4
        FiEEPSP3v6CHKexa9WEexRKLLIjxoqcFAmWSAIACGw8FCwkIBwIGFQoJCAsCBBYC
        AwECHgECF4AACgkQxRKLLIjxoqe1Pwf/TR41KplBwEejduibT7i3CT9WZbzOR9W4
        98aCwtovTyh5KrZhPrj/djH2dBljted7tKUTV1ypWLbUjz8+l6cKHxTsfa6iWXuM
        qJK1Bb66Au4SJcoPq9DroMEr1H/AdxSi4ipNW7lIZFGDuwTC9EvcHWXR8EIDEjvF
        rNG7hZKztrjlXphvzNt6GPvWa51N2V8mnDncf9CAq0GwOE/fxTsCy166891J+Y5T
        Cw6LWHcfaHtqks/VAiFhYuEk9AI1lmqL0P4xy8gPUwRtd7bvFU+571XyEEgeh+A/
        75prPFTwzPezcemTojPYpYuzk+4qrAXVGE8Q0apDu3gVR1bnDHA2kg==
        =bhdh
        -----END PGP PRIVATE KEY BLOCK-----
        """;

    private static readonly Lazy<(string Certificate, string Key)> SmimePair = new(MakeSmime);

    /// <summary>An S/MIME certificate, PEM.</summary>
    public static string Smime => SmimePair.Value.Certificate;

    /// <summary>What the owner of <see cref="OpenPgp"/> reads in a message; the test skips without GnuPG.</summary>
    public static async Task<string> ReadOpenPgpAsync(string message)
    {
        using var folder = new TemporaryDirectory();
        var key = folder.File("key.asc");
        var file = folder.File("message.asc");
        var plain = folder.File("plain");
        await File.WriteAllTextAsync(key, OpenPgpSecret, TestContext.Current.CancellationToken);
        const string End = "-----END PGP MESSAGE-----";
        var start = message.IndexOf("-----BEGIN PGP MESSAGE-----", StringComparison.Ordinal);
        var end = message.IndexOf(End, start, StringComparison.Ordinal) + End.Length;
        await File.WriteAllTextAsync(file, message[start..end]);
        string[] home = ["--homedir", folder.Path, "--batch"];
        await RunAsync("gpg", [.. home, "--import", key]);
        await RunAsync("gpg", [.. home, "--trust-model", "always", "--output", plain, "--decrypt", file]);
        return await File.ReadAllTextAsync(plain, TestContext.Current.CancellationToken);
    }

    /// <summary>What the owner of <see cref="Smime"/> reads in a message; the test skips without OpenSSL.</summary>
    public static async Task<string> ReadSmimeAsync(string message)
    {
        using var folder = new TemporaryDirectory();
        var key = folder.File("key.pem");
        var file = folder.File("message.eml");
        var plain = folder.File("plain");
        await File.WriteAllTextAsync(key, SmimePair.Value.Key, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, message, TestContext.Current.CancellationToken);
        await RunAsync("openssl", ["cms", "-decrypt", "-in", file, "-inkey", key, "-out", plain]);
        return await File.ReadAllTextAsync(plain, TestContext.Current.CancellationToken);
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        try
        {
            var (exitCode, output) = await ChildProcess.RunAsync(program, arguments, TestContext.Current.CancellationToken);
            Assert.True(exitCode == 0, $"{program}: {output}");
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed.");
        }
    }

    private static (string Certificate, string Key) MakeSmime()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=Bob", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return (certificate.ExportCertificatePem(), rsa.ExportPkcs8PrivateKeyPem());
    }
}
