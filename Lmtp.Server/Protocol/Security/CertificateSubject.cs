using System.Security.Cryptography.X509Certificates;

namespace Lmtp.Server.Protocol.Security;

/// <summary>Compares a certificate with a configured name.</summary>
internal static class CertificateSubject
{
    /// <summary>Whether the name is the certificate's subject, common name, or one of its DNS names.</summary>
    public static bool Matches(X509Certificate2 certificate, string name) =>
        string.Equals(certificate.Subject, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), name, StringComparison.OrdinalIgnoreCase)
        || DnsNames(certificate).Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The DNS names that a certificate is for.</summary>
    public static IEnumerable<string> DnsNames(X509Certificate2 certificate) => certificate.Extensions
        .OfType<X509SubjectAlternativeNameExtension>()
        .SelectMany(extension => extension.EnumerateDnsNames());
}
