namespace Lmtp.Server.Filters.Conditions;

/// <summary>The message came over a mailing list (RFC 2369, RFC 2919).</summary>
internal sealed class ListTest : FilterTest
{
    private static readonly string[] ListFields = ["list-id", "list-post", "list-unsubscribe"];

    public override FilterCondition Condition => FilterCondition.List;

    private protected override string Describe() => "mail of a list";

    private protected override bool Holds(FilterMessage message, out string? seen)
    {
        foreach (var name in ListFields)
        {
            if (message.Fields.Values(name) is [var value, ..])
            {
                seen = $"{name}: {value}";
                return true;
            }
        }

        seen = message.Fields.Values("precedence") is [var precedence, ..] ? $"precedence: {precedence}" : null;
        return message.Fields.Values("precedence").Any(value => value.Equals("list", StringComparison.OrdinalIgnoreCase));
    }
}
