namespace Lmtp.Contracts;

/// <summary>What an LMTP server said of itself.</summary>
public sealed record LmtpConnectResponse
{
    /// <summary>Whether it greeted and answered LHLO.</summary>
    public bool Success { get; init; }

    /// <summary>The host as asked for.</summary>
    public required string Host { get; init; }

    /// <summary>The TCP port; 0 for a Unix socket.</summary>
    public int Port { get; init; }

    /// <summary>Always <c>LMTP</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The greeting, or null when none came.</summary>
    public string? Greeting { get; init; }

    /// <summary>The capabilities in the order of the answer to LHLO; after STARTTLS, those of the second.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>In a sentence, what was found or what failed.</summary>
    public required string Note { get; init; }

    /// <summary>The TLS session, or null when there was none.</summary>
    public LmtpTlsResponse? Tls { get; init; }

    /// <summary>How long each step took.</summary>
    public IReadOnlyList<LmtpTimingResponse> Timings { get; init; } = [];

    /// <summary>What went over the line: <c>S:</c> the server's lines, <c>C:</c> ours.</summary>
    public IReadOnlyList<string> Transcript { get; init; } = [];
}
