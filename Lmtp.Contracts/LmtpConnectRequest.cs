namespace Lmtp.Contracts;

/// <summary>An LMTP server to be asked for its greeting and capabilities.</summary>
public sealed record LmtpConnectRequest
{
    /// <summary>Host name or address; or the path of a Unix socket, beginning with <c>/</c>.</summary>
    public required string Host { get; init; }

    /// <summary>The TCP port; null: 24. Not used for a Unix socket.</summary>
    public int? Port { get; init; }

    /// <summary>How long all of it may take, in milliseconds, 100 to 60,000; null: 10,000.</summary>
    public int? Timeout { get; init; }

    /// <summary><c>none</c>, <c>starttls</c> or <c>implicit</c>; null: <c>none</c>.</summary>
    public string? Tls { get; init; }
}
