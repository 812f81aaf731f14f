namespace Lmtp.Server.Filters;

/// <summary>What became of one filter, and why.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Conditions">Each of its conditions with its outcome; empty when they were not looked at.</param>
public sealed record FilterTrace(UserFilter Filter, FilterResult Result, IReadOnlyList<ConditionOutcome> Conditions)
{
    /// <summary>Whether the filter applied.</summary>
    public bool Applied => Result == FilterResult.Applied;

    /// <summary>Why it did or did not apply, in one sentence.</summary>
    public string Reason => Result switch
    {
        FilterResult.Skipped => "A filter before it ended the list.",
        FilterResult.OverLimit => "The user has more filters, or more conditions in them, than are looked at.",
        FilterResult.Faulty => $"Its extension cannot be read: {Filter.Faults[0].Field}: {Filter.Faults[0].Message}",
        FilterResult.Applied => Conditions.Count == 0 ? "It has no conditions." : "Its conditions hold.",
        _ => WhyNot(),
    };

    private string WhyNot()
    {
        foreach (var outcome in Conditions)
        {
            if (outcome.IsMet is false)
            {
                return $"This does not hold: {outcome.Description}; {outcome.Reason}.";
            }
        }

        return "Its conditions do not hold.";
    }
}
