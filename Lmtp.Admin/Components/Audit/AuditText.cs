using System.Text.RegularExpressions;

namespace Lmtp.Admin.Components.Audit;

/// <summary>How the names of operations are read.</summary>
internal static partial class AuditText
{
    /// <summary><c>CreateUser</c> as “Create user”.</summary>
    public static string Operation(string name)
    {
        var words = WordStart().Replace(name, " $0").ToLowerInvariant();
        return words.Length == 0 ? words : string.Concat(char.ToUpperInvariant(words[0]).ToString(), words.AsSpan(1));
    }

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex WordStart();
}
