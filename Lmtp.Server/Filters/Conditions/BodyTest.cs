namespace Lmtp.Server.Filters.Conditions;

/// <summary>The plain text matches. Its white space counts as single spaces.</summary>
/// <param name="pattern">The comparison.</param>
internal sealed class BodyTest(TextPattern pattern) : FilterTest
{
    /// <summary>How much of the text wildcards and regular expressions look at: as much as is stored of it.</summary>
    public const int MaxPatternText = 102_400;

    private readonly string _lower = pattern.Value.ToLowerInvariant();

    public override FilterCondition Condition => FilterCondition.Body;

    internal override bool IsCostly => true;

    private protected override string Describe() => $"text {pattern}";

    private protected override bool Holds(FilterMessage message, out string? seen)
    {
        seen = message.Text.Length > 0 ? message.Text : null;
        return pattern.Operator switch
        {
            TextOperator.Exists => message.Text.Length > 0,

            // The text is in lower case already.
            TextOperator.Contains => Contains(message.Text, ref seen),
            _ => pattern.MatchesStart(message.Text, MaxPatternText),
        };
    }

    private bool Contains(string text, ref string? seen)
    {
        const int Context = 20;
        var index = text.IndexOf(_lower, StringComparison.Ordinal);
        if (index >= 0)
        {
            var start = Math.Max(0, index - Context);
            seen = text.Substring(start, Math.Min(text.Length - start, _lower.Length + (2 * Context)));
        }

        return index >= 0;
    }
}
