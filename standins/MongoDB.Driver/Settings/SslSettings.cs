using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MongoDB.Driver;

/// <summary>How TLS is set up.</summary>
public class SslSettings
{
    /// <summary>Whether revocation lists are asked.</summary>
    public bool CheckCertificateRevocation { get; set; }

    /// <summary>The client's certificates.</summary>
    public IEnumerable<X509Certificate> ClientCertificates { get; set; }

    /// <summary>Chooses the client's certificate.</summary>
    public LocalCertificateSelectionCallback ClientCertificateSelectionCallback { get; set; }

    /// <summary>The versions of TLS; those of the system by default.</summary>
    public SslProtocols EnabledSslProtocols { get; set; } = SslProtocols.None;

    /// <summary>Judges the server's certificate.</summary>
    public RemoteCertificateValidationCallback ServerCertificateValidationCallback { get; set; }

    /// <summary>A copy.</summary>
    public SslSettings Clone() => (SslSettings)MemberwiseClone();
}
