namespace Lmtp.Contracts;

/// <summary>An address at which the server listens.</summary>
/// <param name="Protocol"><c>lmtp</c>, <c>http</c> or <c>https</c>.</param>
/// <param name="Address">Host and port, or the path of a Unix socket.</param>
public sealed record ListenerResponse(string Protocol, string Address)
{
    /// <summary>The name that configuration gives an LMTP listener, or its address; null for HTTP.</summary>
    public string? Name { get; init; }

    /// <summary><c>none</c>, <c>implicit</c>, <c>starttls</c> or <c>starttls-required</c>; null for HTTP.</summary>
    public string? Tls { get; init; }

    /// <summary>Connections that are open at an LMTP listener; null for HTTP.</summary>
    public int? OpenConnections { get; init; }

    /// <summary>The certificate that an LMTP listener shows; null without TLS, and for HTTP.</summary>
    public CertificateResponse? Certificate { get; init; }
}
