using System.Text.RegularExpressions;

namespace Lmtp.Server.Filters;

/// <summary>
/// A text condition: words that must all occur, or alternatives separated by <c>OR</c> in capitals, one of which must;
/// a quoted phrase is one unit. Specification section 7.2.
/// </summary>
internal sealed partial class FilterText
{
    private const int PlaceholderBase = 0xF0000;

    private readonly string _whole;
    private readonly List<string[]> _alternatives;

    private FilterText(string whole, List<string[]> alternatives)
    {
        _whole = whole;
        _alternatives = alternatives;
    }

    public static FilterText Parse(string query)
    {
        var phrases = new List<string>();
        var text = Quoted().Replace(query.Trim(), match =>
        {
            var phrase = match.Groups[1].Value.Trim();
            if (phrase.Length == 0)
            {
                return match.Value;
            }

            // A placeholder without white space, from a range that text does not use.
            phrases.Add(phrase.ToLowerInvariant());
            return char.ConvertFromUtf32(PlaceholderBase + phrases.Count - 1);
        });
        var alternatives = new List<string[]>();
        foreach (var part in AlternativeSeparator().Split(text))
        {
            var words = Words(part, phrases);
            if (words.Length > 0)
            {
                alternatives.Add(words);
            }
        }

        return new FilterText(query.ToLowerInvariant(), alternatives);
    }

    /// <summary>Whether a text in lower case with single spaces meets the condition.</summary>
    public bool Matches(string text) => _alternatives.Count == 0
        ? text.Contains(_whole, StringComparison.Ordinal)
        : _alternatives.Exists(words => Array.TrueForAll(words, word => text.Contains(word, StringComparison.Ordinal)));

    private static string[] Words(string part, List<string> phrases) =>
        [.. part.Split((char[]?)[' ', ',', '\t', '\r', '\n', '\u00a0'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Expand(word, phrases))];

    private static string Expand(string word, List<string> phrases)
    {
        foreach (var rune in word.EnumerateRunes())
        {
            if (rune.Value >= PlaceholderBase && rune.Value - PlaceholderBase < phrases.Count)
            {
                return phrases[rune.Value - PlaceholderBase];
            }
        }

        return word.ToLowerInvariant();
    }

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\s+OR\s+")]
    private static partial Regex AlternativeSeparator();
}
