namespace Lmtp.Server.Protocol.Configuration;

/// <summary>What the protocol layer reads from the configuration section <c>Lmtp</c>.</summary>
internal sealed class LmtpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp";

    /// <summary>Whether the server listens for LMTP at all. Also <c>LMTP_ENABLED</c>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The host name in the greeting and in the answer to LHLO; empty for the machine's own name.</summary>
    public string ServerName { get; set; } = "";

    /// <summary>Where to listen; one TCP listener on 127.0.0.1:2003 when none is configured.</summary>
    public IList<ListenerOptions> Listeners { get; } = [];

    /// <summary>The accounts that mail servers authenticate as.</summary>
    public IList<ServiceAccountOptions> ServiceAccounts { get; } = [];

    /// <summary>Numbers and times that no client may exceed.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>What happens to a CR or LF inside a message that is not part of a CRLF.</summary>
    public BareLineEndingPolicy BareLineEndings { get; set; } = BareLineEndingPolicy.Keep;

    /// <summary>
    /// Whether LHLO announces DSN (RFC 3461), so that clients pass ORCPT and ENVID on. The parameters are taken
    /// either way; success reports are not made, which is why the default is off.
    /// </summary>
    public bool AnnounceDsn { get; set; }
}
