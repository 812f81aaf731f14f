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

    /// <summary>Where the message is forwarded to.</summary>
    public IReadOnlyList<ForwardTarget> Targets { get; init; } = [];

    /// <summary>The actions in the order in which the stored filter has them, which is the order of the flags.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];
}
