namespace Lmtp.Contracts;

/// <summary>A mailbox to be made.</summary>
public sealed record CreateMailboxRequest
{
    /// <summary>The path with <c>/</c> between the levels, at most 128 of 512 characters each.</summary>
    public required string Path { get; init; }

    /// <summary>How long it keeps its messages, in milliseconds; 0 keeps them for ever, null takes the user's setting.</summary>
    public long? Retention { get; init; }
}
