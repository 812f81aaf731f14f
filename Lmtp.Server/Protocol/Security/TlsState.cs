using System.Security.Cryptography.X509Certificates;

namespace Lmtp.Server.Protocol.Security;

/// <summary>The TLS of a connection.</summary>
/// <param name="Cipher">The cipher suite's name.</param>
/// <param name="ClientCertificate">The certificate that the client showed and that was found good, or null.</param>
internal sealed record TlsState(string Cipher, X509Certificate2? ClientCertificate);
