namespace Lmtp.Server.Filters;

/// <summary>What became of one condition of a filter.</summary>
/// <param name="Condition">The kind of condition.</param>
/// <param name="Description">The condition in words, for instance <c>header subject contains "invoice"</c>.</param>
/// <param name="IsMet">Whether it holds; null when it was not looked at because the filter was decided already.</param>
/// <param name="Seen">The value that was compared, cut to 120 characters; null when the message has none.</param>
public readonly record struct ConditionOutcome(FilterCondition Condition, string Description, bool? IsMet, string? Seen)
{
    /// <summary>Why, in a few words.</summary>
    public string Reason => this switch
    {
        { IsMet: null } => "not looked at: the filter was decided already",
        { Seen: null } => "there is none",
        _ => $"found \"{Seen}\"",
    };
}
