namespace Lmtp.Contracts;

/// <summary>What a filter does beyond WildDuck's actions. What is null is left to the filters behind it.</summary>
public sealed record FilterActions
{
    /// <summary>Where the message goes to.</summary>
    public FilterMailbox? Mailbox { get; init; }

    /// <summary>Whether the message counts as read.</summary>
    public bool? Seen { get; init; }

    /// <summary>Whether the message is marked as important.</summary>
    public bool? Flagged { get; init; }

    /// <summary>IMAP keywords that the message gets, at most 10 of 64 characters.</summary>
    public IReadOnlyList<string>? Keywords { get; init; }

    /// <summary>Whether the message is spam.</summary>
    public bool? Spam { get; init; }

    /// <summary>Whether the message is dropped.</summary>
    public bool? Delete { get; init; }

    /// <summary>The text with which the message is refused for this recipient, at most 200 characters in one line.</summary>
    public string? Reject { get; init; }

    /// <summary>Addresses that get the message too, at most 10.</summary>
    public IReadOnlyList<string>? Forward { get; init; }

    /// <summary>Addresses that get the message instead of the user, at most 10.</summary>
    public IReadOnlyList<string>? Redirect { get; init; }

    /// <summary>Whether the filters after this one are left out.</summary>
    public bool? Stop { get; init; }
}
