namespace Lmtp.Server.Protocol.Configuration;

/// <summary>One entry of <c>Lmtp:Listeners</c>: a TCP address and port, or a Unix socket.</summary>
internal sealed class ListenerOptions
{
    /// <summary>The port used when none is given.</summary>
    public const int DefaultPort = 2003;

    /// <summary>A name for logs, metrics and the portal; empty for the address.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// An IPv4 or IPv6 address, <c>localhost</c> for both loopback addresses, or <c>*</c> for all. Also
    /// <c>LMTP_HOST</c>, for the first TCP listener.
    /// </summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The TCP port; zero lets the system choose. Also <c>LMTP_PORT</c>, for the first TCP listener.</summary>
    public int Port { get; set; } = DefaultPort;

    /// <summary>Set for a Unix socket; <see cref="Host"/> and <see cref="Port"/> are then not used.</summary>
    public UnixSocketOptions? UnixSocket { get; set; }

    /// <summary>TLS.</summary>
    public TlsOptions Tls { get; set; } = new();

    /// <summary>Whether clients authenticate as one of <c>Lmtp:ServiceAccounts</c>.</summary>
    public AuthRule Auth { get; set; }

    /// <summary>
    /// Offers PLAIN and LOGIN on connections without TLS that do not come from this machine. The password then goes
    /// over the network as it is.
    /// </summary>
    public bool AllowPlaintextAuth { get; set; }

    /// <summary>The networks that clients may come from; empty for all. Not used for a Unix socket.</summary>
    public IList<string> ClientNetworks { get; } = [];

    /// <summary>
    /// The networks of proxies that put a PROXY header (version 1 or 2) in front of each connection. When any is
    /// given, only they may connect, and each connection must begin with one.
    /// </summary>
    public IList<string> ProxyNetworks { get; } = [];

    /// <summary>The networks of relays that may say with XCLIENT and XFORWARD whom they speak for; empty for none.</summary>
    public IList<string> XclientNetworks { get; } = [];

    /// <summary>Whether relays on this Unix socket may use XCLIENT and XFORWARD.</summary>
    public bool XclientOnUnixSocket { get; set; }

    /// <summary>
    /// Lets a listener start that others than this machine can reach without TLS, client networks or authentication.
    /// </summary>
    public bool AllowUnprotected { get; set; }

    /// <summary>Whether this is a Unix socket.</summary>
    internal bool IsUnixSocket => !string.IsNullOrEmpty(UnixSocket?.Path);
}
