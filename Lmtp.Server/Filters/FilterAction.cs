namespace Lmtp.Server.Filters;

/// <summary>What a filter does. What is null it leaves to the filters after it.</summary>
public sealed record FilterAction
{
    /// <summary>Whether the message is marked as read.</summary>
    public bool? Seen { get; init; }

    /// <summary>Whether the message is flagged.</summary>
    public bool? Flag { get; init; }

    /// <summary>Whether the message is dropped.</summary>
    public bool? Delete { get; init; }

    /// <summary>Whether the message is spam (true) or certainly none (false).</summary>
    public bool? Spam { get; init; }

    /// <summary>The id of the mailbox that the message goes to, 24 hexadecimal digits.</summary>
    public string? Mailbox { get; init; }

    /// <summary>The mailbox that the message goes to, by its path; not together with <see cref="Mailbox"/>.</summary>
    public MailboxChoice? MailboxPath { get; init; }

    /// <summary>IMAP keywords that the message gets.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>The text with which the message is refused for this recipient; null refuses nothing.</summary>
    public string? Reject { get; init; }

    /// <summary>Where the message is forwarded to.</summary>
    public IReadOnlyList<ForwardTarget> Targets { get; init; } = [];

    /// <summary>Whether the message is only forwarded: no copy is kept.</summary>
    public bool IsRedirect { get; init; }

    /// <summary>Whether the filters after this one are left out.</summary>
    public bool Stop { get; init; }

    /// <summary>The actions in the order in which the stored filter has them, which is the order of the flags.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];
}
