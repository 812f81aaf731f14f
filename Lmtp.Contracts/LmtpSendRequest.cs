namespace Lmtp.Contracts;

/// <summary>A test message and the LMTP server to hand it to.</summary>
public sealed record LmtpSendRequest
{
    /// <summary>Host name or address; or the path of a Unix socket, beginning with <c>/</c>.</summary>
    public required string Host { get; init; }

    /// <summary>The TCP port; null: 24. Not used for a Unix socket.</summary>
    public int? Port { get; init; }

    /// <summary>The envelope sender; empty for the null reverse-path.</summary>
    public required string From { get; init; }

    /// <summary>The envelope recipients, 1 to 100.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>The subject, at most 500 characters.</summary>
    public string? Subject { get; init; }

    /// <summary>The text, at most 262,144 characters.</summary>
    public string? Body { get; init; }

    /// <summary>How long all of it may take, in milliseconds, 100 to 120,000; null: 15,000.</summary>
    public int? Timeout { get; init; }

    /// <summary><c>none</c>, <c>starttls</c> or <c>implicit</c>; null: <c>none</c>.</summary>
    public string? Tls { get; init; }
}
