using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Lmtp.Server.Filters.Conditions;

/// <summary>
/// Keeps the automata of recent patterns: filters are read anew for every delivery, and making an automaton costs more
/// than running it.
/// </summary>
internal static class PatternCache
{
    private const int MaxEntries = 2_000;

    private static readonly ConcurrentDictionary<string, Regex> Known = new(StringComparer.Ordinal);

    public static Regex Get(string pattern)
    {
        if (Known.TryGetValue(pattern, out var regex))
        {
            return regex;
        }

        regex = new Regex(
            pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        if (Known.Count >= MaxEntries)
        {
            Known.Clear();
        }

        Known[pattern] = regex;
        return regex;
    }
}
