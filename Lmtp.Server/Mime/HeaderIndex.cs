using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Picks the headers that are searched and filtered by.</summary>
internal static class HeaderIndex
{
    // The database refuses longer index keys.
    private const int MaxValueBytes = 880;
    private const int CutCharacters = 4;
    private const int MaxWholeLength = 4096;

    private static readonly string[] Keys =
    [
        "to", "cc", "bcc", "subject", "from", "sender", "reply-to", "message-id", "thread-index", "list-id", "delivered-to",
    ];

    /// <summary>Adds an entry for every field whose name is indexed, in the order of the message.</summary>
    public static void Write(IReadOnlyList<HeaderField> fields, IndexedHeaderList headers)
    {
        for (var index = 0; index < fields.Count; index++)
        {
            if (FindKey(fields[index]) is { } key)
            {
                var start = headers.Texts.Length;
                WriteValue(key, fields[index].Bytes, headers.Texts);
                headers.Add(key, headers.Texts.Since(start));
            }
        }
    }

    /// <summary>Whether fields of this name, in lower case, are indexed.</summary>
    public static bool IsIndexed(string name) => Array.IndexOf(Keys, name) >= 0;

    /// <summary>Whether a field is indexed.</summary>
    public static bool IsIndexed(HeaderField field) => FindKey(field) is not null;

    private static string? FindKey(HeaderField field)
    {
        var bytes = field.Bytes;
        var colon = bytes.IndexOf((byte)':');
        if (colon < 0)
        {
            return null;
        }

        var name = bytes[..colon];
        var trimmed = Whitespace.Trim(name);
        foreach (var key in Keys)
        {
            if (trimmed.Length == key.Length && Ascii.EqualsIgnoreCase(trimmed, key))
            {
                return key;
            }
        }

        // White space is looked for in the decoded name: a byte order mark in front of the message is some.
        return Ascii.IsValid(name) ? null : Array.Find(Keys, Casing.ToLower(Whitespace.Trim(Encoding.UTF8.GetString(name))).Equals);
    }

    private static void WriteValue(string key, ReadOnlySpan<byte> field, TextBuffer value)
    {
        using var scratch = new ScratchText();
        var text = scratch.Buffer;
        text.AppendUtf8(field[(field.IndexOf((byte)':') + 1)..]);
        text.Unfold(text.Trim(text.Since(0)));
        var start = value.Length;
        var isCut = key != "list-id" && AppendBeginning(text.Text, value);
        if (!isCut)
        {
            EncodedWords.Decode(text.Text, value);
        }

        Casing.ToLower(value, start);
        if (key == "list-id")
        {
            KeepListId(value, start);
        }

        if (Encoding.UTF8.GetByteCount(value.Tail(start)) >= MaxValueBytes)
        {
            var bytes = Encoding.UTF8.GetBytes(value.Tail(start).ToString());
            value.CutAt(start);
            value.AppendUtf8(bytes.AsSpan(0, MaxValueBytes));
            value.CutAt(value.Length - CutCharacters);
        }
    }

    /// <summary>
    /// Appends only the beginning of a very long value: more than enough, but for a letter whose lower case depends on
    /// those behind it.
    /// </summary>
    private static bool AppendBeginning(ReadOnlySpan<char> text, TextBuffer value)
    {
        if (text.Length <= MaxWholeLength)
        {
            return false;
        }

        var start = value.Length;
        EncodedWords.Decode(text, value, MaxWholeLength);
        value.CutAt(start + MaxWholeLength);
        if (value.Length - start == MaxWholeLength && !value.Tail(start).Contains('\u03a3'))
        {
            return true;
        }

        value.CutAt(start);
        return false;
    }

    /// <summary>Leaves of a value what stands in its angle brackets, if there is something.</summary>
    private static void KeepListId(TextBuffer text, int start)
    {
        var value = text.Tail(start);
        var open = value.IndexOf('<');
        while (open >= 0 && open + 1 < value.Length && value[open + 1] == '>')
        {
            var next = value[(open + 1)..].IndexOf('<');
            open = next < 0 ? next : open + 1 + next;
        }

        if (open < 0 || open + 1 >= value.Length)
        {
            return;
        }

        ReadOnlySpan<char> rest = value[(open + 1)..];
        var close = rest.IndexOf('>');
        var id = Whitespace.Trim(close < 0 ? rest : rest[..close]);
        if (!id.IsEmpty)
        {
            id.CopyTo(value);
            text.CutAt(start + id.Length);
        }
    }
}
