using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>
/// Upper and lower case by the full mappings of Unicode, as ECMAScript applies them; .NET's own keep the length of the
/// string.
/// </summary>
internal static class Casing
{
    private const int MaxStackLength = 128;

    public static string ToLower(string text) => text.ToLowerInvariant();

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

    public static string ToUpper(string text) => text.ToUpperInvariant();

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
}
