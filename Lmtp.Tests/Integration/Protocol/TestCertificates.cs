using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>An authority, and certificates that it issued, as PEM files in a folder of their own.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lmtp-tls-");
    private readonly ECDsa _authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public TestCertificates()
    {
        var request = new CertificateRequest("CN=Test authority", _authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        File.WriteAllText(AuthorityPath, _authority.ExportCertificatePem());
        IssueServer("mx.example.test");
    }

    public string AuthorityPath => Path.Combine(_folder.FullName, "ca.pem");

    public string ServerPath => Path.Combine(_folder.FullName, "server.pem");

    public string ServerKeyPath => Path.Combine(_folder.FullName, "server.key");

    /// <summary>Writes a server certificate over the one that is there.</summary>
    public X509Certificate2 IssueServer(string name)
    {
        var certificate = Issue(name, "1.3.6.1.5.5.7.3.1");
        File.WriteAllText(ServerPath, certificate.ExportCertificatePem());
        File.WriteAllText(ServerKeyPath, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    /// <summary>Issues a client certificate.</summary>
    public X509Certificate2 IssueClient(string name) => Issue(name, "1.3.6.1.5.5.7.3.2");

    public void Dispose()
    {
        _authority.Dispose();
        _authorityKey.Dispose();
        _folder.Delete(recursive: true);
    }

    private X509Certificate2 Issue(string name, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        var serial = RandomNumberGenerator.GetBytes(8);
        using var issued = request.Create(_authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(30), serial);
        return issued.CopyWithPrivateKey(key);
    }
}
