using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Lmtp.Server.Protocol.Configuration;

namespace Lmtp.Server.Protocol.Security;

/// <summary>
/// What a listener's TLS handshakes need. Protocol versions and cipher suites are the platform's defaults, which
/// leave TLS 1.0 and 1.1 out (RFC 8996).
/// </summary>
internal sealed class TlsSettings(TlsOptions options, TimeProvider time, ILogger logger)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly ServerCertificate _certificate = new(options, time, logger);
    private readonly X509Certificate2Collection _authorities = LoadAuthorities(options);

    public TlsMode Mode => options.Mode;

    /// <summary>The options of one handshake.</summary>
    public SslServerAuthenticationOptions ForHandshake() => new()
    {
        ServerCertificateContext = _certificate.Current,
        ClientCertificateRequired = options.ClientCertificates != ClientCertificateRule.None,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => IsWelcome(certificate),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        AllowRenegotiation = false,
    };

    /// <summary>The certificate that the next handshake shows.</summary>
    public LmtpCertificateState Describe()
    {
        var certificate = _certificate.Current.TargetCertificate;
        return new LmtpCertificateState(
            certificate.Subject,
            certificate.Issuer,
            [.. CertificateSubject.DnsNames(certificate)],
            certificate.NotBefore.ToUniversalTime(),
            certificate.NotAfter.ToUniversalTime());
    }

    private bool IsWelcome(X509Certificate? shown)
    {
        if (shown is null)
        {
            return options.ClientCertificates != ClientCertificateRule.Required;
        }

        if (options.ClientCertificates == ClientCertificateRule.None || shown is not X509Certificate2 certificate)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new(ClientAuthentication));
        return chain.Build(certificate)
            && (options.AllowedSubjects.Count == 0 || options.AllowedSubjects.Any(subject => CertificateSubject.Matches(certificate, subject)));
    }

    private static X509Certificate2Collection LoadAuthorities(TlsOptions options)
    {
        var authorities = new X509Certificate2Collection();
        if (options.ClientAuthoritiesPath.Length > 0)
        {
            authorities.ImportFromPemFile(options.ClientAuthoritiesPath);
        }

        return authorities;
    }
}
