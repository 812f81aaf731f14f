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

    /// <summary>
    /// Lets a listener start that others than this machine can reach without TLS, client networks or authentication.
    /// </summary>
    public bool AllowUnprotected { get; set; }

    /// <summary>Whether this is a Unix socket.</summary>
    internal bool IsUnixSocket => !string.IsNullOrEmpty(UnixSocket?.Path);
}
