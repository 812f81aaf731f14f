namespace Lmtp.Server.Storage;

/// <summary>Which wildcard addresses an address can match, and which of them wins. Specification section 4.2.</summary>
internal static class WildcardAddresses
{
    private const int MaxCharacters = 32;

    /// <summary>
    /// All wildcard addresses that cover <paramref name="local"/>, those with the most characters first and of two
    /// with equally many the one with the wildcard at its end.
    /// </summary>
    public static List<string> Candidates(string local, string domain)
    {
        var length = Math.Min(local.Length, MaxCharacters);
        var candidates = new List<string>((2 * length) + 1);
        for (var i = length; i > 0; i--)
        {
            candidates.Add($"{local[..i]}*@{domain}");
            candidates.Add($"*{local[^i..]}@{domain}");
        }

        candidates.Add($"*@{domain}");
        return candidates;
    }

    /// <summary>
    /// The index of the winner among the stored addresses that were found, or -1. Any of the domain itself beats any
    /// of the domain that it is an alias of; among the latter the order in which they were found decides.
    /// </summary>
    public static int Best(List<string> candidates, List<string> aliasCandidates, IReadOnlyList<string> found)
    {
        var order = candidates.Select(WithoutLeadingStar).OrderByDescending(text => text.Length)
            .Concat(aliasCandidates.Select(WithoutLeadingStar).OrderBy(text => text.Length))
            .ToList();
        var best = -1;
        var bestRank = int.MaxValue;
        for (var i = 0; i < found.Count; i++)
        {
            var rank = order.FindIndex(text => found[i].Contains(text, StringComparison.Ordinal));
            if (rank >= 0 && rank < bestRank)
            {
                (best, bestRank) = (i, rank);
            }
        }

        return best;
    }

    private static string WithoutLeadingStar(string candidate) => candidate[0] == '*' ? candidate[1..] : candidate;
}
