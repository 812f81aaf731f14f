namespace Lmtp.Server.Filters;

/// <summary>Whether a message meets the conditions of a filter, by WildDuck's rules. Specification section 7.2.</summary>
internal static class FilterMatcher
{
    /// <summary>The first condition that does not hold, or null when all do.</summary>
    public static FilterCondition? FirstUnmet(FilterQuery query, FilterMessage message)
    {
        if (!HeadersMatch(query.Headers, message.Headers))
        {
            return FilterCondition.Header;
        }

        if (query.HasAttachments is true && !message.HasAttachments)
        {
            return FilterCondition.Attachment;
        }

        if ((query.Size > 0 && message.Size < query.Size) || (query.Size < 0 && message.Size > -query.Size))
        {
            return FilterCondition.Size;
        }

        return !string.IsNullOrEmpty(query.Text) && !FilterText.Parse(query.Text).Matches(message.Text)
            ? FilterCondition.Text
            : null;
    }

    private static bool HeadersMatch(
        IReadOnlyDictionary<string, string> wanted, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var texts = new Dictionary<string, string>(wanted.Count, StringComparer.Ordinal);
        foreach (var (name, text) in wanted)
        {
            if (text.Length > 0)
            {
                texts[name] = name == "list-id" ? ListIdOf(text.ToLowerInvariant()) : text.ToLowerInvariant();
            }
        }

        return texts.All(entry => headers.Any(header =>
            NameFor(header.Key, texts) == entry.Key && header.Value.Contains(entry.Value, StringComparison.Ordinal)));
    }

    private static string NameFor(string header, Dictionary<string, string> wanted) => header switch
    {
        "cc" or "delivered-to" when !wanted.ContainsKey(header) => "to",
        "sender" when !wanted.ContainsKey(header) => "from",
        _ => header,
    };

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
