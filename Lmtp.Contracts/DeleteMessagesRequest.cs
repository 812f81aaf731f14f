namespace Lmtp.Contracts;

/// <summary>Messages to be deleted.</summary>
public sealed record DeleteMessagesRequest
{
    /// <summary>The ids of the messages; as many as a page may have.</summary>
    public required IReadOnlyList<string> Messages { get; init; }
}
