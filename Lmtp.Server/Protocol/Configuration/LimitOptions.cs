namespace Lmtp.Server.Protocol.Configuration;

/// <summary>The section <c>Lmtp:Limits</c>. Zero means "no limit" only where it says so.</summary>
internal sealed class LimitOptions
{
    /// <summary>Connections on all listeners together; the next one gets 421 4.3.2.</summary>
    public int MaxConnections { get; set; } = 5_000;

    /// <summary>Connections from one client address; the next one gets 421 4.7.0. Unix sockets have no address.</summary>
    public int MaxConnectionsPerClient { get; set; } = 500;

    /// <summary>Messages in one connection; the next MAIL gets 421 4.7.0. Zero: no limit.</summary>
    public int MaxMessagesPerConnection { get; set; } = 10_000;

    /// <summary>Accepted recipients of one message; further ones get 452 4.5.3. RFC 5321 asks for at least 100.</summary>
    public int MaxRecipients { get; set; } = 1_000;

    /// <summary>Bytes of one message, announced as SIZE and enforced while it arrives.</summary>
    public long MaxMessageSize { get; set; } = 64L * 1024 * 1024;

    /// <summary>Bytes of a message's header section, up to the first empty line.</summary>
    public int MaxHeaderSize { get; set; } = 1024 * 1024;

    /// <summary>Received header lines, above which a message is taken for one that loops.</summary>
    public int MaxReceivedHeaders { get; set; } = 100;

    /// <summary>Bytes of a command line, CRLF included. RFC 5321 asks for at least 512.</summary>
    public int MaxCommandLength { get; set; } = 4_096;

    /// <summary>Bad commands since the last delivered message, after which the answer is 421 4.7.0.</summary>
    public int MaxErrors { get; set; } = 20;

    /// <summary>How long the greeting is held back; a client that talks before it is refused. Zero: no delay.</summary>
    public TimeSpan GreetingDelay { get; set; } = TimeSpan.Zero;

    /// <summary>How long a client may stay silent between commands.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one command line may take from its first byte to its end.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a client may stay silent inside a message.</summary>
    public TimeSpan DataTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a whole connection may last.</summary>
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How long a client may take to read our replies.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the delivery of one message may take before its open recipients get 451 4.3.0.</summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>How long a TLS handshake or a PROXY header may take.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes a second that a message must arrive with, on average. Zero: no limit.</summary>
    public int MinDataRate { get; set; } = 128;

    /// <summary>How long a message may arrive more slowly than <see cref="MinDataRate"/>.</summary>
    public TimeSpan MinDataRateGrace { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long transactions in flight may go on when the server stops.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(30);
}
