namespace Lmtp.Contracts;

/// <summary>What a filter does. What is null is left to the filters behind it.</summary>
public sealed record FilterAction
{
    /// <summary>Whether the message counts as read.</summary>
    public bool? Seen { get; init; }

    /// <summary>Whether the message is marked as important.</summary>
    public bool? Flag { get; init; }

    /// <summary>Whether the message is dropped.</summary>
    public bool? Delete { get; init; }

    /// <summary>Whether the message is spam.</summary>
    public bool? Spam { get; init; }

    /// <summary>The id of the mailbox that the message goes to.</summary>
    public string? Mailbox { get; init; }

    /// <summary>
    /// Where the message is forwarded to, at most 64: addresses, <c>smtp://host:port</c>, or URLs (http, https) that take it.
    /// </summary>
    public IReadOnlyList<string>? Targets { get; init; }
}
