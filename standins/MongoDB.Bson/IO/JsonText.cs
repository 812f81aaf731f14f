using System.Globalization;
using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>Strings and numbers as JSON shows them.</summary>
internal static class JsonText
{
    /// <summary>Escapes what JSON must not hold raw, and everything that has no visible form.</summary>
    public static string Escape(string value)
    {
        var clean = 0;
        while (clean < value.Length && !NeedsEscape(value[clean]))
        {
            clean++;
        }

        if (clean == value.Length)
        {
            return value;
        }

        var text = new StringBuilder(value.Length * 2).Append(value, 0, clean);
        foreach (var letter in value.AsSpan(clean))
        {
            if (NeedsEscape(letter))
            {
                AppendEscaped(text, letter);
            }
            else
            {
                text.Append(letter);
            }
        }

        return text.ToString();
    }

    /// <summary>The shortest text that gives the double back, never looking like an integer.</summary>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static bool NeedsEscape(char letter)
    {
        if (char.IsAscii(letter))
        {
            return letter is '"' or '\\' or < ' ' or '\x7f';
        }

        return char.GetUnicodeCategory(letter)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.ModifierLetter
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
    }

    private static void AppendEscaped(StringBuilder text, char letter)
    {
        switch (letter)
        {
            case '"' or '\\':
                text.Append('\\').Append(letter);
                break;
            case '\b':
                text.Append("\\b");
                break;
            case '\f':
                text.Append("\\f");
                break;
            case '\n':
                text.Append("\\n");
                break;
            case '\r':
                text.Append("\\r");
                break;
            case '\t':
                text.Append("\\t");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
                break;
        }
    }
}
