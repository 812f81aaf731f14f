namespace Lmtp.Contracts;

/// <summary>The TLS session with an LMTP server.</summary>
public sealed record LmtpTlsResponse
{
    /// <summary>The protocol version, such as <c>Tls13</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The cipher suite.</summary>
    public required string CipherSuite { get; init; }

    /// <summary>Whom the certificate names.</summary>
    public required string Subject { get; init; }

    /// <summary>Who signed the certificate.</summary>
    public required string Issuer { get; init; }

    /// <summary>When the certificate ends.</summary>
    public DateTimeOffset ValidTo { get; init; }

    /// <summary>What is wrong with the certificate, or null: it is trusted here.</summary>
    public string? Problem { get; init; }
}
