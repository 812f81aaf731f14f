using System.Buffers;
using System.Collections.Frozen;

namespace Lmtp.Admin.Mail;

/// <summary>Lets the harmless declarations of a style attribute through.</summary>
internal static class MailStyle
{
    private static readonly FrozenSet<string> Properties = new[]
    {
        "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left", "border-radius",
        "border-right", "border-spacing", "border-style", "border-top", "border-width", "color", "direction", "display", "font",
        "font-family", "font-size", "font-style", "font-variant", "font-weight", "height", "letter-spacing", "line-height",
        "list-style-type", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width", "min-width", "padding",
        "padding-bottom", "padding-left", "padding-right", "padding-top", "table-layout", "text-align", "text-decoration",
        "text-indent", "text-transform", "vertical-align", "white-space", "width", "word-break", "word-spacing",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Suspicious = SearchValues.Create("\\@{}<>/*");

    /// <summary>The declarations that may stay. No value may hold an escape, a comment, a function but a colour's, or an at-rule.</summary>
    /// <param name="style">The attribute's value.</param>
    public static string Clean(string? style)
    {
        if (string.IsNullOrWhiteSpace(style))
        {
            return string.Empty;
        }

        return string.Join("; ", style.Split(';')
            .Select(static declaration => declaration.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(static pair => pair.Length == 2 && Properties.Contains(pair[0]) && IsHarmless(pair[1]))
            .Select(static pair => $"{pair[0]}: {pair[1]}"));
    }

    private static bool IsHarmless(string value)
    {
        if (value.AsSpan().ContainsAny(Suspicious))
        {
            return false;
        }

        var function = value.IndexOf('(', StringComparison.Ordinal);
        return function < 0
            || value.StartsWith("rgb(", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("rgba(", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("hsl(", StringComparison.OrdinalIgnoreCase);
    }
}
