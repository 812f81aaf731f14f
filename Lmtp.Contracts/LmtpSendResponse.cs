namespace Lmtp.Contracts;

/// <summary>What became of a test message, recipient by recipient.</summary>
public sealed record LmtpSendResponse
{
    /// <summary>Whether the message was handed over, to whichever recipients were accepted.</summary>
    public bool Success { get; init; }

    /// <summary>The host as asked for.</summary>
    public required string Host { get; init; }

    /// <summary>The TCP port; 0 for a Unix socket.</summary>
    public int Port { get; init; }

    /// <summary>The envelope sender.</summary>
    public required string From { get; init; }

    /// <summary>Recipients asked for.</summary>
    public int RecipientCount { get; init; }

    /// <summary>Recipients that the message was delivered to.</summary>
    public int AcceptedCount { get; init; }

    /// <summary>The server's word on each recipient, in the order of the request.</summary>
    public IReadOnlyList<LmtpDeliveryStatusResponse> DeliveryStatus { get; init; } = [];

    /// <summary>Whether every recipient has the message.</summary>
    public bool AllDelivered { get; init; }

    /// <summary>In a sentence, what happened.</summary>
    public required string Note { get; init; }

    /// <summary>What went over the line: <c>S:</c> the server's lines, <c>C:</c> ours.</summary>
    public IReadOnlyList<string> Transcript { get; init; } = [];
}
