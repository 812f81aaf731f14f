namespace Lmtp.Tests.Integration.WildDuck.Imap;

/// <summary>The sections that a message can be fetched by, found in its BODYSTRUCTURE.</summary>
internal static class BodySections
{
    private const int MaxSections = 200;

    public static IReadOnlyList<string> Of(ImapValue structure)
    {
        var sections = new List<string> { "", "HEADER", "TEXT" };
        Add(structure, "", sections);
        return [.. sections.Take(MaxSections)];
    }

    // A multipart has its parts first, each a list; a single part begins with its type (RFC 3501 section 7.4.2).
    private static void Add(ImapValue structure, string prefix, List<string> sections)
    {
        var items = ((ImapList)structure).Items;
        var parts = items.TakeWhile(item => item is ImapList).ToList();
        for (var index = 0; index < Math.Max(parts.Count, 1); index++)
        {
            var name = $"{prefix}{index + 1}";
            sections.Add(name);
            sections.Add($"{name}.MIME");
            if (parts.Count > 0)
            {
                AddNested(parts[index], name, sections);
            }
        }
    }

    private static void AddNested(ImapValue part, string name, List<string> sections)
    {
        var items = ((ImapList)part).Items;
        if (items is [ImapList, ..])
        {
            Add(part, name + ".", sections);
        }
        else if (items is [ImapString { Text: "message" or "MESSAGE" }, ImapString { Text: "rfc822" or "RFC822" }, ..]
            && items.Count > 8 && items[8] is ImapList)
        {
            sections.Add($"{name}.HEADER");
            sections.Add($"{name}.TEXT");
            Add(items[8], name + ".", sections);
        }
    }
}
