namespace Lmtp.Contracts;

/// <summary>Which messages are to go where.</summary>
public sealed record MoveMessagesRequest
{
    /// <summary>The ids of the messages; as many as a page may have.</summary>
    public required IReadOnlyList<string> Messages { get; init; }

    /// <summary>The id of the mailbox that they go to.</summary>
    public required string Mailbox { get; init; }
}
