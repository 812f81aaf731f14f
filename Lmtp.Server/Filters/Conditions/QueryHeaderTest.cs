namespace Lmtp.Server.Filters.Conditions;

/// <summary>A text occurs in one of the indexed headers that count under a name. Specification section 7.2.</summary>
/// <param name="name">The name in lower case.</param>
/// <param name="text">The text in lower case.</param>
/// <param name="wanted">All names that the filter asks for: those count only for themselves.</param>
internal sealed class QueryHeaderTest(string name, string text, IReadOnlyDictionary<string, string> wanted) : FilterTest
{
    public override FilterCondition Condition => FilterCondition.Header;

    private protected override string Describe() => $"header {name} contains \"{text}\"";

    private protected override bool Holds(FilterMessage message, out string? seen)
    {
        seen = null;
        for (var index = 0; index < message.Headers.Count; index++)
        {
            var (key, value) = message.Headers[index];
            if (!Counts(key))
            {
                continue;
            }

            if (value.Contains(text, StringComparison.Ordinal))
            {
                seen = value;
                return true;
            }

            seen ??= value;
        }

        return false;
    }

    private bool Counts(string header) => header == name || (!wanted.ContainsKey(header) && header switch
    {
        "cc" or "delivered-to" => name == "to",
        "sender" => name == "from",
        _ => false,
    });
}
