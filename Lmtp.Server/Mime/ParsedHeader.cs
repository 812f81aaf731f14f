using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>
/// A header by field name in lower case. The last field of a name comes first in importance: where one value is wanted,
/// it is that of the last.
/// </summary>
public sealed class ParsedHeader : IEnumerable<KeyValuePair<string, HeaderValue>>
{
    private const int MaxNameLength = 100;

    private static readonly ImmutableArray<string> SingleValued =
    [
        "in-reply-to", "message-id", "content-transfer-encoding", "content-id", "content-description",
        "content-language", "content-md5", "content-location",
    ];

    private static readonly ImmutableArray<string> AddressFields = ["from", "sender", "reply-to", "to", "cc", "bcc"];

    private readonly Dictionary<string, HeaderValue> _values = [];

    private ParsedHeader()
    {
    }

    /// <summary>The number of names.</summary>
    public int Count => _values.Count;

    /// <summary>Content-Type, or text/plain when there is none.</summary>
    public ParameterizedValue ContentType => _values["content-type"].Parameterized!;

    /// <summary>The entries of From; empty when there is none.</summary>
    public IReadOnlyList<MailAddress> From => Addresses("from");

    /// <summary>Looks a header up.</summary>
    /// <param name="name">The field name in lower case.</param>
    /// <param name="value">The value, when this returns true.</param>
    public bool TryGetValue(string name, [MaybeNullWhen(false)] out HeaderValue value) => _values.TryGetValue(name, out value);

    /// <summary>Whether a field of this name (in lower case) is present.</summary>
    public bool Contains(string name) => _values.ContainsKey(name);

    /// <summary>The text of the last field of this name, or null.</summary>
    public string? Last(string name) => _values.TryGetValue(name, out var value) ? value.Last : null;

    /// <summary>All texts of the fields of this name, in the order of the message.</summary>
    public ImmutableArray<string> Texts(string name) => _values.TryGetValue(name, out var value) ? value.Texts : [];

    /// <summary>The addresses in the fields of this name; empty when there are none.</summary>
    public IReadOnlyList<MailAddress> Addresses(string name) =>
        _values.TryGetValue(name, out var value) ? value.Addresses ?? [] : [];

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, HeaderValue>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A copy in which some headers have another value.</summary>
    public ParsedHeader With(params ReadOnlySpan<(string Name, string Value)> replacements)
    {
        var copy = new ParsedHeader();
        foreach (var (name, value) in _values)
        {
            copy._values.Add(name, value);
        }

        foreach (var (name, value) in replacements)
        {
            copy._values[name] = new HeaderValue(value);
        }

        return copy;
    }

    /// <summary>Parses header fields. Never fails; fields with strange names are left out.</summary>
    public static ParsedHeader Parse(IReadOnlyList<HeaderField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var texts = GatherTexts(fields);
        var header = new ParsedHeader();
        foreach (var (name, values) in texts)
        {
            header._values.Add(name, Structure(name, values));
        }

        if (!texts.ContainsKey("content-type"))
        {
            header._values.Add("content-type", new HeaderValue(ParameterizedValue.TextPlain));
        }

        return header;
    }

    /// <summary>Content-Type alone, without parsing the rest.</summary>
    internal static ParameterizedValue FindContentType(IReadOnlyList<HeaderField> fields)
    {
        var text = FindLast(fields, "content-type"u8, out var count);
        return count == 0 || (count == 1 && text.Length == 0) ? ParameterizedValue.TextPlain : ParameterizedValue.Parse(text);
    }

    /// <summary>Content-Disposition alone, without parsing the rest.</summary>
    internal static ParameterizedValue? FindContentDisposition(IReadOnlyList<HeaderField> fields)
    {
        var text = FindLast(fields, "content-disposition"u8, out var count);
        return count == 0 || (count == 1 && text.Length == 0) ? null : ParameterizedValue.Parse(text);
    }

    /// <summary>The unfolded value of the last field of a name; empty when there is none.</summary>
    internal static string FindLast(IReadOnlyList<HeaderField> fields, ReadOnlySpan<byte> name) => FindLast(fields, name, out _);

    /// <summary>Replaces every run of white space that holds a LF by one space.</summary>
    internal static string Unfold(string text)
    {
        var lineFeed = text.IndexOf('\n', StringComparison.Ordinal);
        if (lineFeed < 0)
        {
            return text;
        }

        var unfolded = new StringBuilder(text.Length);
        var copied = 0;
        while (lineFeed >= 0)
        {
            var end = lineFeed;
            while (end > copied && Whitespace.Is(text[end - 1]))
            {
                end--;
            }

            unfolded.Append(text, copied, end - copied).Append(' ');
            copied = lineFeed + 1;
            while (copied < text.Length && Whitespace.Is(text[copied]))
            {
                copied++;
            }

            lineFeed = text.IndexOf('\n', copied);
        }

        return unfolded.Append(text, copied, text.Length - copied).ToString();
    }

    private static string FindLast(IReadOnlyList<HeaderField> fields, ReadOnlySpan<byte> name, out int count)
    {
        count = 0;
        var text = "";
        for (var index = fields.Count - 1; index >= 0; index--)
        {
            if (fields[index].HasName(name) && count++ == 0)
            {
                text = Unfold(Encoding.UTF8.GetString(fields[index].Value));
            }
        }

        return text;
    }

    /// <summary>Values by name, from the last field to the first.</summary>
    private static Dictionary<string, List<string>> GatherTexts(IReadOnlyList<HeaderField> fields)
    {
        var texts = new Dictionary<string, List<string>>();
        Span<char> lowered = stackalloc char[MaxNameLength];
        var lookup = texts.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var index = fields.Count - 1; index >= 0; index--)
        {
            var field = fields[index];
            var name = field.Name;
            if (name.Length >= MaxNameLength || !HeaderName.IsOrdinary(name))
            {
                continue;
            }

            Ascii.ToLower(name, lowered, out var length);
            var text = Encoding.UTF8.GetString(field.Value);
            if (lookup.TryGetValue(lowered[..length], out var values))
            {
                // Only the value met first is unfolded; that is how WildDuck stores repeated fields.
                values.Add(text);
            }
            else
            {
                lookup[lowered[..length]] = [IsObjectProperty(lowered[..length]) ? text : Unfold(text)];
            }
        }

        return texts;
    }

    /// <summary>A name that every ECMAScript object has already counts as repeated from the first time on.</summary>
    private static bool IsObjectProperty(ReadOnlySpan<char> name) => name is "constructor";

    private static HeaderValue Structure(string name, List<string> values)
    {
        var repeated = values.Count > 1 || IsObjectProperty(name);
        if (name is "content-type" or "content-disposition")
        {
            if (repeated || values[0].Length > 0)
            {
                return new HeaderValue(ParameterizedValue.Parse(values[0]));
            }

            return name == "content-type" ? new HeaderValue(ParameterizedValue.TextPlain) : new HeaderValue("");
        }

        if (AddressFields.Contains(name) && (repeated || values[0].Length > 0))
        {
            var addresses = new List<MailAddress>();
            for (var index = values.Count - 1; index >= 0; index--)
            {
                AddressParser.Parse(values[index], addresses);
            }

            return new HeaderValue(addresses);
        }

        if (!repeated || SingleValued.Contains(name))
        {
            return new HeaderValue(values[0]);
        }

        values.Reverse();
        return new HeaderValue([.. values]);
    }
}
