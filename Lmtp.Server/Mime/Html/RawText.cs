namespace Lmtp.Server.Mime.Html;

/// <summary>The elements whose content is not mark-up.</summary>
internal static class RawText
{
    /// <summary>The beginning of the end tag of a title, in which alone character references are decoded.</summary>
    public const string TitleEnd = "</title";

    // The first two letters decide which name is expected; that the first one may be another is a quirk to keep.
    private static readonly (string First, char Second, string Remainder, string ClosingTag)[] Names =
    [
        ("s", 'c', "ript", "</script"),
        ("s", 't', "yle", "</style"),
        ("tx", 'i', "tle", TitleEnd),
        ("tx", 'e', "xtarea", "</textarea"),
        ("tx", 'm', "p", "</xmp"),
    ];

    /// <summary>The beginning of the end tag, or null for an element with ordinary content.</summary>
    public static string? ClosingTag(ReadOnlySpan<char> name)
    {
        foreach (var (first, second, rest, closingTag) in Names)
        {
            if (name.Length == rest.Length + 2
                && first.Contains(name[0], StringComparison.Ordinal)
                && name[1] == second
                && name.EndsWith(rest))
            {
                return closingTag;
            }
        }

        return null;
    }

    /// <summary>Whether an unfinished name may still become one of these.</summary>
    public static bool MayBegin(ReadOnlySpan<char> name)
    {
        foreach (var (first, second, rest, _) in Names)
        {
            if (first.Contains((char)(name[0] | 0x20), StringComparison.Ordinal)
                && (name.Length == 1
                    || ((name[1] | 0x20) == second && rest.AsSpan().StartsWith(name[2..], StringComparison.OrdinalIgnoreCase))))
            {
                return true;
            }
        }

        return false;
    }
}
