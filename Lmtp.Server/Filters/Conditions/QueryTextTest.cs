namespace Lmtp.Server.Filters.Conditions;

/// <summary>The plain text has words or phrases. Specification section 7.2.</summary>
/// <param name="query">Words, quoted phrases, and <c>OR</c> between alternatives.</param>
internal sealed class QueryTextTest(string query) : FilterTest
{
    public override FilterCondition Condition => FilterCondition.Text;

    internal override bool IsCostly => true;

    private protected override string Describe() => $"text has {query}";

    private protected override bool Holds(FilterMessage message, out string? seen)
    {
        seen = message.Text.Length > 0 ? message.Text : null;
        return FilterText.Parse(query).Matches(message.Text);
    }
}
