using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.SslSettings.</summary>
public class SslSettings
{
    public bool CheckCertificateRevocation { get; set; }

    public IEnumerable<X509Certificate> ClientCertificates { get; set; }

    public SslProtocols EnabledSslProtocols { get; set; } = SslProtocols.None;

    public RemoteCertificateValidationCallback ServerCertificateValidationCallback { get; set; }
}
