using System.Runtime.InteropServices;

namespace Lmtp.Server.Mime;

/// <summary>
/// Parses address lists the way WildDuck's own parser does: never failing, taking an address wherever one can be seen,
/// but none out of a quoted string.
/// </summary>
internal static class AddressParser
{
    // Groups in groups are no RFC 5322 syntax; beyond this depth they are ignored.
    private const int MaxGroupDepth = 50;

    /// <summary>Adds the addresses of a header value to a list. An empty value adds nothing.</summary>
    public static void Parse(ReadOnlySpan<char> text, List<MailAddress> addresses) => Parse(text, depth: 0, addresses);

    /// <summary>Parses the list in a number of groups.</summary>
    internal static void Parse(ReadOnlySpan<char> text, int depth, List<MailAddress> addresses)
    {
        if (text.IsEmpty || depth > MaxGroupDepth)
        {
            return;
        }

        var first = addresses.Count;
        new AddressListReader(text, depth, addresses).Read();
        for (var index = first; index < addresses.Count; index++)
        {
            if (IsNameOnly(addresses[index]))
            {
                var joined = JoinSplitNames(CollectionsMarshal.AsSpan(addresses)[first..]);
                addresses.RemoveRange(first, addresses.Count - first);
                addresses.AddRange(joined);
                return;
            }
        }
    }

    private static bool IsNameOnly(MailAddress entry) => entry is { Address.Length: 0, Name.Length: > 0, Group: null };

    /// <summary>A display name with a comma, not quoted, came apart into entries without an address.</summary>
    private static List<MailAddress> JoinSplitNames(ReadOnlySpan<MailAddress> entries)
    {
        var joined = new List<MailAddress>(entries.Length);
        List<string>? names = null;
        for (var index = entries.Length - 1; index >= 0; index--)
        {
            var current = entries[index];
            var next = joined.Count > 0 ? joined[^1] : null;
            if (next is { Address.Length: > 0, Name.Length: > 0 } && IsNameOnly(current))
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
