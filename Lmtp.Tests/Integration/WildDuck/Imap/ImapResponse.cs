using System.Globalization;

namespace Lmtp.Tests.Integration.WildDuck.Imap;

/// <summary>One response of an IMAP server, as RFC 3501 section 7 has them.</summary>
/// <param name="Tag"><c>*</c>, <c>+</c> or the tag of a command.</param>
/// <param name="Name">What it is, in capitals: FETCH, EXISTS, OK ….</param>
/// <param name="Number">The message number or count in front of the name.</param>
/// <param name="Values">What follows the name.</param>
/// <param name="Text">The first line as it came.</param>
internal sealed record ImapResponse(string Tag, string Name, long? Number, IReadOnlyList<ImapValue> Values, string Text)
{
    private static readonly HashSet<string> Statuses = ["OK", "NO", "BAD", "BYE", "PREAUTH"];

    public static ImapResponse Parse(IReadOnlyList<(string Line, byte[]? Literal)> parts)
    {
        var first = parts[0].Line;
        var words = first.Split(' ', 3);
        if (words[0] == "+" || words.Length < 2)
        {
            return new ImapResponse(words[0], string.Empty, null, [], first);
        }

        if (Statuses.Contains(words[1].ToUpperInvariant()))
        {
            // The text of these is free and need not be made of values.
            return new ImapResponse(words[0], words[1].ToUpperInvariant(), null, [], first);
        }

        var values = ImapParser.Parse(parts);
        var number = long.TryParse(values[1].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : (long?)null;
        var skipped = number is null ? 2 : 3;
        return new ImapResponse(
            words[0],
            values[skipped - 1].ToString()!.ToUpperInvariant(),
            number,
            [.. values.Skip(skipped)],
            first);
    }

    /// <summary>The attributes of a FETCH response by name.</summary>
    public IReadOnlyDictionary<string, ImapValue> Attributes()
    {
        var items = ((ImapList)Values[0]).Items;
        return Enumerable.Range(0, items.Count / 2)
            .ToDictionary(index => items[2 * index].ToString()!.ToUpperInvariant(), index => items[(2 * index) + 1]);
    }
}
