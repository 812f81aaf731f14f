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
        if (DateReader.Read(trimmed) is { } date)
        {
            return date;
        }

        using var scratch = new ScratchText();
        return TryAppendNumericZone(trimmed, scratch.Buffer) ? DateReader.Read(scratch.Buffer.Text) : null;
    }

    /// <summary>An offset and the abbreviations of the zones that have it, on each line.</summary>
    private static FrozenDictionary<string, string> ReadZones() => MimeData.Lines("time-zones")
        .Where(static line => !line.StartsWith('#'))
        .Select(static line => line.Split(' '))
        .SelectMany(static words => words.Skip(1).Select(name => KeyValuePair.Create(name, words[0])))
        .ToFrozenDictionary();

    /// <summary>Appends a date with its zone abbreviation at the end replaced by an offset; false when that changes nothing.</summary>
    private static bool TryAppendNumericZone(ReadOnlySpan<char> text, TextBuffer date)
    {
        var start = text.Length;
        while (start > 0 && char.IsAsciiLetter(text[start - 1]))
        {
            start--;
        }

        if (start == text.Length
            || (start > 0 && (char.IsAsciiDigit(text[start - 1]) || text[start - 1] == '_'))
            || !Zones.TryGetValue(text[start..].ToString().ToUpperInvariant(), out var offset))
        {
            // Case makes no difference to a word of a date.
            return false;
        }

        date.Append(text[..start]);
        date.Append(offset);
        return true;
    }
}
