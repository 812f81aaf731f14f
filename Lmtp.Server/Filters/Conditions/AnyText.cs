namespace Lmtp.Server.Filters.Conditions;

/// <summary>Comparisons that hold when one of several texts matches.</summary>
internal static class AnyText
{
    /// <param name="texts">The texts.</param>
    /// <param name="pattern">The comparison.</param>
    /// <param name="seen">The first that matches, else the first; null when there is none.</param>
    public static bool Matches(IReadOnlyList<string> texts, TextPattern pattern, out string? seen)
    {
        for (var index = 0; index < texts.Count; index++)
        {
            if (pattern.Matches(texts[index]))
            {
                seen = texts[index];
                return true;
            }
        }

        seen = texts.Count > 0 ? texts[0] : null;
        return false;
    }
}
