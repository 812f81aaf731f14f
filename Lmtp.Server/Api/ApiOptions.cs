namespace Lmtp.Server.Api;

/// <summary>The HTTP API. Section <c>Lmtp:Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp:Api";

    /// <summary>
    /// The API key that may do everything, at least 16 characters. Null or empty: one is made once and kept in
    /// <see cref="KeyFile"/>.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>
    /// The key of the portal, at least 16 characters: it reads and writes the portal's accounts, and does everything
    /// else with the rights of the person who is signed in there. Null or empty: no portal is let in.
    /// </summary>
    public string? PortalKey { get; set; }

    /// <summary>
    /// The file of the generated key, readable by its owner only; a relative path starts at the content root. Not used
    /// where <see cref="Key"/> is set.
    /// </summary>
    public string KeyFile { get; set; } = ".lmtp/api-key";

    /// <summary>Items of a page when the request names no limit; 1 to <see cref="MaxPageSize"/>.</summary>
    public int DefaultPageSize { get; set; } = 50;

    /// <summary>The largest page that may be asked for; 1 to 1000.</summary>
    public int MaxPageSize { get; set; } = 250;

    /// <summary>The largest request body in bytes; 1 KiB to 64 MiB.</summary>
    public long MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>Requests a second that one API key may make over time; 1 to 100,000.</summary>
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>Requests that one API key may make at once after a pause; 1 to 1,000,000.</summary>
    public int RequestBurst { get; set; } = 1000;

    /// <summary>How long the audit log keeps its entries; 1 to 3660 days.</summary>
    public TimeSpan AuditRetention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How often a stream of events shows that it lives when there is nothing to tell; 1 second to 5 minutes.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The networks (CIDR) that the probe tools may connect to; null: loopback only. What is checked is the resolved
    /// address.
    /// </summary>
    public IReadOnlyList<string>? ProbeNetworks { get; set; }

    /// <summary>The Unix sockets, by their full paths, that the probe tools may connect to.</summary>
    public IReadOnlyList<string> ProbeSockets { get; set; } = [];
}
