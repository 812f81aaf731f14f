namespace Lmtp.Tests.Integration.Encryption;

/// <summary>OpenSSL with certificates of its own.</summary>
internal sealed class OpenSsl : IDisposable
{
    private const string Program = "openssl";

    private readonly WorkFolder _folder = new();

    private OpenSsl()
    {
    }

    /// <summary>Starts without certificates; the test skips where OpenSSL is not installed.</summary>
    public static OpenSsl Open()
    {
        WorkFolder.Require(Program);
        return new OpenSsl();
    }

    /// <summary>Makes a certificate that signs itself, and gives its text.</summary>
    /// <param name="name">What to call it afterwards.</param>
    /// <param name="algorithm">As of <c>-newkey</c>, such as <c>rsa:2048</c>, or a curve.</param>
    /// <param name="days">How long it is good.</param>
    public async Task<string> CertifyAsync(string name, string algorithm, int days = 30)
    {
        string[] key = algorithm.Contains(':') || algorithm == "ed25519"
            ? ["-newkey", algorithm]
            : ["-newkey", "ec", "-pkeyopt", $"ec_paramgen_curve:{algorithm}"];
        await WorkFolder.RunAsync(
            Program,
            ["req", "-x509", "-nodes", "-subj", $"/O=Example/CN={name}", "-days", $"{days}", "-keyout", KeyFile(name), "-out", CertificateFile(name), .. key]);
        return await File.ReadAllTextAsync(CertificateFile(name), TestContext.Current.CancellationToken);
    }

    /// <summary>Decrypts a message, or the CMS structure in it, for one certificate.</summary>
    public async Task<byte[]> DecryptAsync(string name, byte[] encrypted, bool isMessage = false)
    {
        var file = await _folder.WriteAsync("encrypted", encrypted);
        await WorkFolder.RunAsync(
            Program, "cms", "-decrypt", "-binary", "-inform", isMessage ? "SMIME" : "DER", "-in", file, "-out", _folder["message"],
            "-recip", CertificateFile(name), "-inkey", KeyFile(name));
        return await File.ReadAllBytesAsync(_folder["message"], TestContext.Current.CancellationToken);
    }

    /// <summary>The structure in words, without its octets.</summary>
    public async Task<IReadOnlyList<string>> DescribeAsync(byte[] structure)
    {
        var file = await _folder.WriteAsync("structure", structure);
        var listing = await WorkFolder.RunAsync(Program, "asn1parse", "-inform", "DER", "-in", file);
        return [.. listing.Split('\n').Select(Describe)];
    }

    public void Dispose() => _folder.Dispose();

    // Offsets and the random octets differ; lengths, depths, kinds, identifiers and numbers do not.
    private static string Describe(string line)
    {
        var described = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var octets = described.IndexOf("[HEX DUMP]", StringComparison.Ordinal);
        return octets < 0 ? described : described[..octets];
    }

    private string KeyFile(string name) => _folder[$"{name}.key"];

    private string CertificateFile(string name) => _folder[$"{name}.pem"];
}
