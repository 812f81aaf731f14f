using System.Text;

namespace Lmtp.Server.Storage.Searching;

/// <summary>
/// Words to look for: all of them have to occur, words in quotes one behind the other, and none that has a minus sign in
/// front.
/// </summary>
internal sealed class SearchText
{
    private SearchText(IReadOnlyList<string> wanted, IReadOnlyList<string> excluded)
    {
        Wanted = wanted;
        Excluded = excluded;
    }

    /// <summary>The words and phrases that have to occur.</summary>
    public IReadOnlyList<string> Wanted { get; }

    /// <summary>The words that must not occur.</summary>
    public IReadOnlyList<string> Excluded { get; }

    /// <summary>Reads what somebody typed; null when it names no word that is to occur.</summary>
    public static SearchText? Parse(string typed)
    {
        List<string> wanted = [];
        List<string> excluded = [];
        for (var start = 0; start < typed.Length; start++)
        {
            if (char.IsWhiteSpace(typed[start]))
            {
                continue;
            }

            var isPhrase = typed[start] == '"';
            var isExcluded = typed[start] == '-';
            var from = isPhrase || isExcluded ? start + 1 : start;
            var end = from;
            while (end < typed.Length && typed[end] != '"' && (isPhrase || !char.IsWhiteSpace(typed[end])))
            {
                end++;
            }

            if (typed[from..end].Trim() is { } word && word.Any(char.IsLetterOrDigit))
            {
                (isExcluded ? excluded : wanted).Add(word);
            }

            // A quote that begins a phrase behind a word is looked at again.
            start = isPhrase || end == typed.Length || typed[end] != '"' ? end : end - 1;
        }

        return wanted.Count == 0 ? null : new SearchText(wanted, excluded);
    }

    /// <summary>
    /// The search string of <c>$text</c>. Every word is written as a phrase: of bare words MongoDB finds any.
    /// </summary>
    public string ToTextSearch()
    {
        var search = new StringBuilder();
        foreach (var word in Wanted)
        {
            search.Append('"').Append(word.Replace("\\", "\\\\", StringComparison.Ordinal)).Append("\" ");
        }

        foreach (var word in Excluded)
        {
            search.Append('-').Append(word.TrimStart('-')).Append(' ');
        }

        return search.ToString().TrimEnd();
    }
}
