using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Picks the headers that are searched and filtered by.</summary>
public static class HeaderIndex
{
    // The database refuses longer index keys.
    private const int MaxValueBytes = 880;
    private const int CutCharacters = 4;

    private static readonly string[] Keys =
    [
        "to", "cc", "bcc", "subject", "from", "sender", "reply-to", "message-id", "thread-index", "list-id", "delivered-to",
    ];

    /// <summary>Makes one entry for every field whose name is indexed, in the order of the message.</summary>
    public static IReadOnlyList<IndexedHeader> Create(IEnumerable<HeaderField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var entries = new List<IndexedHeader>();
        foreach (var field in fields)
        {
            if (FindKey(field) is { } key)
            {
                entries.Add(new IndexedHeader(key, Value(key, field)));
            }
        }

        return entries;
    }

    private static string? FindKey(HeaderField field)
    {
        var colon = field.Bytes.IndexOf((byte)':');
        if (colon < 0)
        {
            return null;
        }

        var name = field.Bytes[..colon];
        foreach (var key in Keys)
        {
            if (Ascii.EqualsIgnoreCase(Whitespace.Trim(name), key))
            {
                return key;
            }
        }

        // White space is looked for in the decoded name: a byte order mark in front of the message is some.
        return Ascii.IsValid(name) ? null : Array.Find(Keys, Casing.ToLower(Whitespace.Trim(Encoding.UTF8.GetString(name))).Equals);
    }

    private static string Value(string key, HeaderField field)
    {
        var bytes = field.Bytes;
        var text = Encoding.UTF8.GetString(bytes[(bytes.IndexOf((byte)':') + 1)..]);
        var value = Casing.ToLower(EncodedWords.Decode(HeaderText.Unfold(Whitespace.Trim(text))));
        if (key == "list-id")
        {
            value = ListId(value);
        }

        if (Encoding.UTF8.GetByteCount(value) >= MaxValueBytes)
        {
            value = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value).AsSpan(0, MaxValueBytes));
            value = value[..^CutCharacters];
        }

        return value;
    }

    private static string ListId(string value)
    {
        var open = 0;
        while ((open = value.IndexOf('<', open)) >= 0 && open + 1 < value.Length && value[open + 1] == '>')
        {
            open++;
        }

        if (open < 0 || open + 1 >= value.Length)
        {
            return value;
        }

        var rest = value.AsSpan(open + 1);
        var close = rest.IndexOf('>');
        var id = Whitespace.Trim(close < 0 ? rest : rest[..close]);
        return id.IsEmpty ? value : id.ToString();
    }
}
