using System.Collections.Frozen;

namespace Lmtp.Server.Mime;

/// <summary>Reads Date headers as WildDuck does, that is, as V8 reads dates.</summary>
public static class MessageDate
{
    private static readonly FrozenDictionary<string, string> Zones = ReadZones();

    /// <summary>
    /// The instant in milliseconds since 1970-01-01 UTC, or null when the text is no date. A date without a zone is
    /// taken as UTC.
    /// </summary>
    public static long? Parse(ReadOnlySpan<char> text)
    {
        var trimmed = Whitespace.Trim(text);
        return DateReader.Read(trimmed) ?? DateReader.Read(WithNumericZone(trimmed));
    }

    /// <summary>An offset and the abbreviations of the zones that have it, on each line.</summary>
    private static FrozenDictionary<string, string> ReadZones() => MimeData.Lines("time-zones")
        .Where(static line => !line.StartsWith('#'))
        .Select(static line => line.Split(' '))
        .SelectMany(static words => words.Skip(1).Select(name => KeyValuePair.Create(name, words[0])))
        .ToFrozenDictionary();

    /// <summary>Replaces a zone abbreviation at the end by its offset.</summary>
    private static string WithNumericZone(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && char.IsAsciiLetter(text[start - 1]))
        {
            start--;
        }

        if (start == text.Length || (start > 0 && (char.IsAsciiDigit(text[start - 1]) || text[start - 1] == '_')))
        {
            return text.ToString();
        }

        var name = text[start..].ToString().ToUpperInvariant();
        return string.Concat(text[..start], Zones.GetValueOrDefault(name, name));
    }
}
