namespace Lmtp.Server.Protocol;

/// <summary>One LMTP listener.</summary>
/// <param name="Name">The configured name, or the address.</param>
/// <param name="Transport"><c>tcp</c> or <c>unix</c>.</param>
/// <param name="Address">Address and port as in <c>127.0.0.1:2003</c>, or the path of the socket.</param>
/// <param name="Port">The TCP port, null for a Unix socket.</param>
/// <param name="Tls"><c>none</c>, <c>implicit</c>, <c>starttls</c> or <c>starttls-required</c>.</param>
/// <param name="OpenConnections">Connections open on this listener.</param>
public sealed record LmtpListenerState(string Name, string Transport, string Address, int? Port, string Tls, int OpenConnections)
{
    /// <summary>The certificate that it shows, or null without TLS.</summary>
    public LmtpCertificateState? Certificate { get; init; }
}
