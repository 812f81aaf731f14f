using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>
/// Upper and lower case by the full mappings of Unicode, as ECMAScript applies them; .NET's own keep the length of the
/// string.
/// </summary>
internal static class Casing
{
    private const int MaxStackLength = 128;
    private const char CapitalSigma = '\u03a3';
    private const char SmallSigma = '\u03c3';
    private const char FinalSigma = '\u03c2';
    private const char DottedCapitalI = '\u0130';
    private const string DottedSmallI = "i\u0307";

    // Letters that become several ones, like the sharp s, and two that .NET leaves alone.
    private static readonly FrozenDictionary<char, string> SpecialCapitals = MimeData.Pairs("special-casing")
        .ToFrozenDictionary(static pair => MimeData.FromUnits(pair.Key)[0], static pair => MimeData.FromUnits(pair.Value));

    private static readonly SearchValues<char> WithSpecialCapitals = SearchValues.Create([.. SpecialCapitals.Keys]);

    public static string ToLower(string text)
    {
        var lower = text.ToLowerInvariant();
        if (text.AsSpan().IndexOfAny(DottedCapitalI, CapitalSigma) < 0)
        {
            return lower;
        }

        var full = new StringBuilder(lower.Length + 8);
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case DottedCapitalI:
                    full.Append(DottedSmallI);
                    break;
                case CapitalSigma:
                    full.Append(EndsWord(text, index) ? FinalSigma : SmallSigma);
                    break;
                default:
                    full.Append(lower[index]);
                    break;
            }
        }

        return full.ToString();
    }

    /// <summary>In lower case, as a shared string if the text is a known one.</summary>
    public static string ToLower(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxStackLength || !Ascii.IsValid(text))
        {
            return ToLower(text.ToString());
        }

        Span<char> lower = stackalloc char[MaxStackLength];
        Ascii.ToLower(text, lower, out var length);
        return KnownTexts.Get(lower[..length]);
    }

    public static string ToUpper(string text)
    {
        var upper = text.ToUpperInvariant();
        if (!text.AsSpan().ContainsAny(WithSpecialCapitals))
        {
            return upper;
        }

        var full = new StringBuilder(upper.Length + 8);
        for (var index = 0; index < text.Length; index++)
        {
            if (SpecialCapitals.TryGetValue(text[index], out var capitals))
            {
                full.Append(capitals);
            }
            else
            {
                full.Append(upper[index]);
            }
        }

        return full.ToString();
    }

    /// <summary>In upper case, as a shared string if the text is a known one.</summary>
    public static string ToUpper(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxStackLength || !Ascii.IsValid(text))
        {
            return ToUpper(text.ToString());
        }

        Span<char> upper = stackalloc char[MaxStackLength];
        Ascii.ToUpper(text, upper, out var length);
        return KnownTexts.Get(upper[..length]);
    }

    /// <summary>Makes what was appended to a text from a position on lower case.</summary>
    public static void ToLower(TextBuffer text, int start)
    {
        var tail = text.Tail(start);
        if (!Ascii.IsValid(tail))
        {
            var lower = ToLower(tail.ToString());
            text.CutAt(start);
            text.Append(lower);
            return;
        }

        Ascii.ToLowerInPlace(tail, out _);
    }

    /// <summary>Appends text in upper case.</summary>
    public static void AppendUpper(ReadOnlySpan<char> text, TextBuffer upper)
    {
        if (!Ascii.IsValid(text))
        {
            upper.Append(ToUpper(text.ToString()));
            return;
        }

        var start = upper.Length;
        upper.Append(text);
        Ascii.ToUpperInPlace(upper.Tail(start), out _);
    }

    /// <summary>Whether a letter stands before, and none behind (Unicode, Final_Sigma); marks do not count.</summary>
    private static bool EndsWord(string text, int position)
    {
        var before = position - 1;
        while (before >= 0 && IsIgnored(text[before]))
        {
            before--;
        }

        var behind = position + 1;
        while (behind < text.Length && IsIgnored(text[behind]))
        {
            behind++;
        }

        return before >= 0 && IsCased(text[before]) && !(behind < text.Length && IsCased(text[behind]));
    }

    private static bool IsCased(char character) => char.GetUnicodeCategory(character) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool IsIgnored(char character) =>
        character is '\'' or '.' or ':' or '\u00b7' or '\u2018' or '\u2019' or '\u2024' or '\u2027'
        || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
