using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary>A parsed <c>$search</c> string.</summary>
/// <param name="Words">Words of which a document must hold one, those of the phrases among them.</param>
/// <param name="Phrases">Phrases that a document must hold, folded.</param>
/// <param name="Excluded">Words that a document must not hold.</param>
internal sealed record TextQuery(IReadOnlySet<string> Words, IReadOnlyList<string> Phrases, IReadOnlySet<string> Excluded)
{
    /// <summary>Parses a search string.</summary>
    /// <param name="search">Words, <c>"phrases"</c> and <c>-words</c>.</param>
    /// <returns>The query.</returns>
    public static TextQuery Parse(string search)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var phrases = new List<string>();
        var excluded = new HashSet<string>(StringComparer.Ordinal);
        var parts = search.Split('"');
        for (var i = 0; i < parts.Length; i++)
        {
            var isPhrase = i % 2 == 1 && i < parts.Length - 1;
            if (isPhrase && parts[i].Trim().Length > 0)
            {
                phrases.Add(TextTokenizer.Fold(parts[i].Trim()));
                TextTokenizer.AddWords(parts[i], words);
            }
            else
            {
                foreach (var term in parts[i].Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
                {
                    TextTokenizer.AddWords(term, term.StartsWith('-') ? excluded : words);
                }
            }
        }

        return new TextQuery(words, phrases, excluded);
    }
}
