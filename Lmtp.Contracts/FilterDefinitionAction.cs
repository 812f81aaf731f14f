namespace Lmtp.Contracts;

/// <summary>WildDuck's actions of a filter.</summary>
public sealed record FilterDefinitionAction
{
    /// <summary>Whether the message is marked as read.</summary>
    public bool? Seen { get; init; }

    /// <summary>Whether the message is flagged.</summary>
    public bool? Flag { get; init; }

    /// <summary>Whether the message is dropped.</summary>
    public bool? Delete { get; init; }

    /// <summary>Whether the message is spam.</summary>
    public bool? Spam { get; init; }

    /// <summary>The id of a mailbox.</summary>
    public string? Mailbox { get; init; }
}
