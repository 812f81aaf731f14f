namespace Lmtp.Contracts;

/// <summary>What would become of a stored message if it arrived now.</summary>
public sealed record TriedMessageResponse
{
    /// <summary>The id of the message.</summary>
    public required string Message { get; init; }

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The authors.</summary>
    public IReadOnlyList<MessageAddressResponse> From { get; init; } = [];

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>What became of the filter that is tried.</summary>
    public required FilterReadingResponse Filter { get; init; }

    /// <summary>How the delivery would end, in snake case.</summary>
    public required string Outcome { get; init; }

    /// <summary>The path of the mailbox that it would go to, or null.</summary>
    public string? Mailbox { get; init; }

    /// <summary>The IMAP flags that it would get.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];
}
