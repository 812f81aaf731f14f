namespace Lmtp.Server.Protocol.Configuration;

/// <summary>TLS of one listener. The certificate is read again when its files change.</summary>
internal sealed class TlsOptions
{
    /// <summary>How TLS begins.</summary>
    public TlsMode Mode { get; set; }

    /// <summary>The certificate: PEM, the server's own first and then its issuers, or PKCS#12.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>The private key in PEM; empty when it is in the certificate's file.</summary>
    public string KeyPath { get; set; } = "";

    /// <summary>The password of an encrypted key or PKCS#12 file; empty for none.</summary>
    public string Password { get; set; } = "";

    /// <summary>Whether clients show a certificate.</summary>
    public ClientCertificateRule ClientCertificates { get; set; }

    /// <summary>The authorities, in PEM, that issue client certificates; no others are trusted.</summary>
    public string ClientAuthoritiesPath { get; set; } = "";

    /// <summary>
    /// The clients that are let in, by subject, common name or DNS name; empty lets in all whose certificate is good.
    /// </summary>
    public IList<string> AllowedSubjects { get; } = [];
}
