using System.Globalization;
using System.Text;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// Splits a text into words as the text index keeps them: runs of letters and digits, lower case, without diacritics.
/// Unlike MongoDB's, words are kept whole: there is no stemming, and no word is too common to be kept.
/// </summary>
internal static class TextTokenizer
{
    /// <summary>The longest word that is kept whole, in characters; longer ones are cut.</summary>
    public const int MaxWordLength = 64;

    /// <summary>Adds the words of a text to a set.</summary>
    public static void AddWords(string text, HashSet<string> words)
    {
        string folded = Fold(text);
        foreach (Range range in Ranges(folded))
        {
            words.Add(folded[range]);
        }
    }

    /// <summary>The text in lower case and without diacritics: phrases are compared in this form.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        StringBuilder folded = new(text.Length);
        foreach (char c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static IEnumerable<Range> Ranges(string text)
    {
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool inside = i < text.Length && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]) || text[i] == '_');
            if (inside && start < 0)
            {
                start = i;
            }
            else if (!inside && start >= 0)
            {
                yield return start..Math.Min(i, start + MaxWordLength);
                start = -1;
            }
        }
    }
}
