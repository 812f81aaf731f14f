namespace Lmtp.Server.Mime;

/// <summary>
/// Parses address lists the way WildDuck's own parser does: never failing, taking an address wherever one can be seen,
/// but none out of a quoted string.
/// </summary>
internal static class AddressParser
{
    // Groups in groups are no RFC 5322 syntax; beyond this depth they are ignored.
    private const int MaxGroupDepth = 50;

    public static List<MailAddress> Parse(string text)
    {
        var addresses = new List<MailAddress>();
        Parse(text, addresses);
        return addresses;
    }

    /// <summary>Adds the addresses of a header value to a list. An empty value adds nothing.</summary>
    public static void Parse(string text, List<MailAddress> addresses)
    {
        if (text.Length > 0)
        {
            addresses.AddRange(Parse(text, depth: 0));
        }
    }

    /// <summary>Parses the list in a number of groups.</summary>
    internal static List<MailAddress> Parse(ReadOnlySpan<char> text, int depth) =>
        depth > MaxGroupDepth ? [] : JoinSplitNames(new AddressListReader(text, depth).Read());

    /// <summary>A display name with a comma, not quoted, came apart into entries without an address.</summary>
    private static List<MailAddress> JoinSplitNames(List<MailAddress> entries)
    {
        var joined = new List<MailAddress>(entries.Count);
        List<string>? names = null;
        for (var index = entries.Count - 1; index >= 0; index--)
        {
            var current = entries[index];
            var next = joined.Count > 0 ? joined[^1] : null;
            if (next is { Address.Length: > 0, Name.Length: > 0 } && current is { Address.Length: 0, Name.Length: > 0, Group: null })
            {
                (names ??= [next.Name]).Add(current.Name);
                continue;
            }

            FinishName(joined, ref names);
            joined.Add(current);
        }

        FinishName(joined, ref names);
        joined.Reverse();
        return joined;
    }

    private static void FinishName(List<MailAddress> joined, ref List<string>? names)
    {
        if (names is not null)
        {
            names.Reverse();
            joined[^1] = joined[^1] with { Name = string.Join(", ", names) };
            names = null;
        }
    }
}
