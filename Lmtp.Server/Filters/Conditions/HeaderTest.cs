namespace Lmtp.Server.Filters.Conditions;

/// <summary>One of the fields of a name matches.</summary>
/// <param name="name">The field name in lower case.</param>
/// <param name="pattern">The comparison.</param>
internal sealed class HeaderTest(string name, TextPattern pattern) : FilterTest
{
    public override FilterCondition Condition => FilterCondition.Header;

    private protected override string Describe() => $"header {name} {pattern}";

    private protected override bool Holds(FilterMessage message, out string? seen) =>
        AnyText.Matches(message.Fields.Values(name), pattern, out seen);
}
