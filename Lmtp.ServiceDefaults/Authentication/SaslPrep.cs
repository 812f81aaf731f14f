using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Lmtp.ServiceDefaults.Authentication;

/// <summary>
/// SASLprep (RFC 4013): makes equal the different ways to type one name or password. Normalisation, and which characters are
/// assigned, are those of the runtime's Unicode version, where the RFC has version 3.2.
/// </summary>
public static class SaslPrep
{
    private const int ReplacementCharacter = 0xFFFD;

    // RFC 3454, table B.1: commonly mapped to nothing.
    private static readonly SearchValues<char> Ignored = SearchValues.Create(
        "\u00AD\u034F\u1806\u180B\u180C\u180D\u200B\u200C\u200D\u2060"
        + "\uFE00\uFE01\uFE02\uFE03\uFE04\uFE05\uFE06\uFE07\uFE08\uFE09\uFE0A\uFE0B\uFE0C\uFE0D\uFE0E\uFE0F\uFEFF");

    // Table C.1.2: spaces other than that of ASCII.
    private static readonly SearchValues<char> Spaces = SearchValues.Create(
        "\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u200B\u202F\u205F\u3000");

    // Tables C.2.1, C.2.2, C.6, C.7, C.8 and C.9: controls and what has no meaning in plain text.
    private static readonly (int First, int Last)[] Prohibited =
    [
        (0x0000, 0x001F), (0x007F, 0x009F), (0x0340, 0x0341), (0x06DD, 0x06DD), (0x070F, 0x070F), (0x180E, 0x180E),
        (0x200C, 0x200F), (0x2028, 0x202E), (0x2060, 0x2063), (0x206A, 0x206F), (0x2FF0, 0x2FFB), (0xFEFF, 0xFEFF),
        (0xFFF9, 0xFFFD), (0x1D173, 0x1D17A), (0xE0001, 0xE0001), (0xE0020, 0xE007F),
    ];

    // Table D.1: characters of right-to-left writing.
    private static readonly (int First, int Last)[] RightToLeft =
    [
        (0x05BE, 0x05BE), (0x05C0, 0x05C0), (0x05C3, 0x05C3), (0x05D0, 0x05EA), (0x05F0, 0x05F4), (0x061B, 0x061B),
        (0x061F, 0x061F), (0x0621, 0x063A), (0x0640, 0x064A), (0x066D, 0x066F), (0x0671, 0x06D5), (0x06DD, 0x06DD),
        (0x06E5, 0x06E6), (0x06FA, 0x06FE), (0x0700, 0x070D), (0x0710, 0x0710), (0x0712, 0x072C), (0x0780, 0x07A5),
        (0x07B1, 0x07B1), (0x200F, 0x200F), (0xFB1D, 0xFB1D), (0xFB1F, 0xFB28), (0xFB2A, 0xFB36), (0xFB38, 0xFB3C),
        (0xFB3E, 0xFB3E), (0xFB40, 0xFB41), (0xFB43, 0xFB44), (0xFB46, 0xFBB1), (0xFBD3, 0xFD3D), (0xFD50, 0xFD8F),
        (0xFD92, 0xFDC7), (0xFDF0, 0xFDFC), (0xFE70, 0xFE74), (0xFE76, 0xFEFC),
    ];

    /// <summary>Prepares a string that is to be kept, as the password of a user is: characters that are not assigned are refused.</summary>
    /// <param name="text">The string.</param>
    /// <returns>The prepared string.</returns>
    /// <exception cref="FormatException">It holds characters that are not allowed, or mixes directions of writing.</exception>
    public static string Prepare(string text)
    {
        if (Ascii.IsValid(text) && !text.AsSpan().ContainsAnyInRange('\0', '\u001F') && !text.Contains('\u007F', StringComparison.Ordinal))
        {
            return text;
        }

        var prepared = Normalize(Map(text));
        CheckCharacters(prepared);
        CheckDirections(prepared);
        return prepared;
    }

    /// <summary>Prepares a name or password that somebody sent; one of which nothing remains is as bad as one that is not allowed.</summary>
    /// <param name="text">The string.</param>
    /// <param name="prepared">The prepared string, at least one character long.</param>
    /// <returns>Whether it can be prepared.</returns>
    public static bool TryPrepare(string text, [NotNullWhen(true)] out string? prepared)
    {
        try
        {
            prepared = Prepare(text) is { Length: > 0 } result ? result : null;
        }
        catch (FormatException)
        {
            prepared = null;
        }

        return prepared is not null;
    }

    private static string Map(string text)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (Spaces.Contains(character))
            {
                mapped.Append(' ');
            }
            else if (!Ignored.Contains(character))
            {
                mapped.Append(character);
            }
        }

        return mapped.ToString();
    }

    private static string Normalize(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException("the text is not valid Unicode", exception);
        }
    }

    private static void CheckCharacters(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isRefused = rune.Value == ReplacementCharacter
                || category is UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
                || IsIn(Prohibited, rune.Value)
                || (rune.IsBmp && Spaces.Contains((char)rune.Value));
            if (isRefused)
            {
                throw new FormatException($"the character U+{rune.Value:X4} is not allowed");
            }
        }
    }

    // RFC 3454, section 6: text of right-to-left writing begins and ends with it and holds nothing of the other direction.
    private static void CheckDirections(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        if (!Array.Exists(runes, IsRightToLeft))
        {
            return;
        }

        if (Array.Exists(runes, IsLeftToRight) || !IsRightToLeft(runes[0]) || !IsRightToLeft(runes[^1]))
        {
            throw new FormatException("right-to-left and left-to-right characters are mixed");
        }
    }

    private static bool IsRightToLeft(Rune rune) => IsIn(RightToLeft, rune.Value);

    // Table D.2 holds the letters, spacing marks and letter-like numbers that are not in table D.1.
    private static bool IsLeftToRight(Rune rune) => !IsRightToLeft(rune) && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.LetterNumber;

    private static bool IsIn((int First, int Last)[] ranges, int value) =>
        Array.Exists(ranges, range => value >= range.First && value <= range.Last);
}
