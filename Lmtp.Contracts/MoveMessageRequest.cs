namespace Lmtp.Contracts;

/// <summary>Where a message is to go.</summary>
public sealed record MoveMessageRequest
{
    /// <summary>The id of the mailbox.</summary>
    public required string Mailbox { get; init; }
}
