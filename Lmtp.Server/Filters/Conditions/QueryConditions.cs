namespace Lmtp.Server.Filters.Conditions;

/// <summary>The conditions of a WildDuck query, in the order in which WildDuck looks at them. Specification section 7.2.</summary>
internal static class QueryConditions
{
    private const string ListId = "list-id";

    public static List<FilterTest> Of(FilterQuery query)
    {
        var tests = new List<FilterTest>(query.Headers.Count + 3);
        var wanted = new Dictionary<string, string>(query.Headers.Count, StringComparer.Ordinal);
        foreach (var (name, text) in query.Headers)
        {
            if (text.Length > 0)
            {
                wanted[name] = name == ListId ? ListIdOf(text.ToLowerInvariant()) : text.ToLowerInvariant();
            }
        }

        foreach (var (name, text) in wanted)
        {
            tests.Add(new QueryHeaderTest(name, text, wanted));
        }

        if (query.HasAttachments is true)
        {
            tests.Add(new HasAttachmentTest());
        }

        if (query.Size != 0)
        {
            tests.Add(query.Size > 0
                ? new RangeTest(FilterCondition.Size, query.Size, null)
                : new RangeTest(FilterCondition.Size, null, -query.Size));
        }

        if (!string.IsNullOrEmpty(query.Text))
        {
            tests.Add(new QueryTextTest(query.Text));
        }

        return tests;
    }

    // Of "Name <id>" only the id is compared.
    private static string ListIdOf(string text)
    {
        var start = text.IndexOf('<', StringComparison.Ordinal) + 1;
        if (start == 0)
        {
            return text;
        }

        var end = text.IndexOf('>', start);
        var id = (end < 0 ? text[start..] : text[start..end]).Trim();
        return id.Length > 0 ? id : text;
    }
}
