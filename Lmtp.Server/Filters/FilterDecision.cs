namespace Lmtp.Server.Filters;

/// <summary>What the filters of a user and the user's spam settings make of a message.</summary>
public sealed record FilterDecision
{
    /// <summary>The rule for the sender's domain that applied, or null.</summary>
    public DomainAccessRule? DomainAccess { get; init; }

    /// <summary>Every filter with its result, in order.</summary>
    public IReadOnlyList<FilterTrace> Trace { get; init; } = [];

    /// <summary>The text with which the message is refused; null when it is not. Goes before everything else.</summary>
    public string? Reject { get; init; }

    /// <summary>Whether the message is dropped.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>
    /// Whether no copy is kept of a message that is forwarded to all of <see cref="Targets"/>. Where it cannot be
    /// forwarded, a copy is kept all the same.
    /// </summary>
    public bool IsRedirected { get; init; }

    /// <summary>The id of the mailbox chosen by a filter, or null.</summary>
    public string? Mailbox { get; init; }

    /// <summary>The mailbox chosen by a filter by its path, or null.</summary>
    public MailboxChoice? MailboxPath { get; init; }

    /// <summary>Whether the message is spam; null when nobody decided.</summary>
    public bool? IsSpam { get; init; }

    /// <summary>Who decided about spam.</summary>
    public SpamSource SpamSource { get; init; }

    /// <summary>What spam scanners before us found, 0 to 100.</summary>
    public int SpamScore { get; init; }

    /// <summary>The IMAP flags and keywords, in order.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Where filters forward the message to, each target once.</summary>
    public IReadOnlyList<ForwardTarget> Targets { get; init; } = [];

    /// <summary>The header fields that tell the reader about the spam decision; empty when nobody decided.</summary>
    public IReadOnlyList<(string Name, string Value)> ClassificationFields { get; init; } = [];

    /// <summary>The filters that applied.</summary>
    public IEnumerable<UserFilter> Matching => Trace.Where(entry => entry.Applied).Select(entry => entry.Filter);
}
