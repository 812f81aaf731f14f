using System.Globalization;
using System.Text;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Api.Messages;

/// <summary>The name under which an attachment is saved: one level, nothing that is not seen, not too long.</summary>
internal static class PartFileName
{
    private const int MaxLength = 150;
    private const char Replacement = '_';

    /// <summary>The name.</summary>
    public static string Of(StoredAttachment attachment)
    {
        var name = new StringBuilder();
        foreach (var rune in attachment.FileName.EnumerateRunes())
        {
            name.Append(IsHarmless(rune) ? rune.ToString() : Replacement);
        }

        // Leading dots hide a file, trailing dots and spaces are dropped by Windows.
        var clean = name.ToString().Trim(' ').TrimStart('.').TrimEnd('.', ' ');
        return clean.Length > 0 ? Shorten(clean) : attachment.Id;
    }

    // Format characters turn the reading direction, so that an .exe looks like a .txt.
    private static bool IsHarmless(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse)
        && rune.Value is not ('/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|');

    private static string Shorten(string name)
    {
        if (name.Length <= MaxLength)
        {
            return name;
        }

        var extension = Path.GetExtension(name) is { Length: <= 16 } ending ? ending : string.Empty;
        var stem = name[..(MaxLength - extension.Length)];
        return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem) + extension;
    }
}
