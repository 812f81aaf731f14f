namespace Lmtp.Server.Protocol.Configuration;

/// <summary>How a listener uses TLS.</summary>
internal enum TlsMode
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>From the first byte.</summary>
    Implicit,

    /// <summary>When the client asks for it with STARTTLS (RFC 3207).</summary>
    StartTls,

    /// <summary>As <see cref="StartTls"/>; no mail is taken before.</summary>
    StartTlsRequired,
}
