using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Lmtp.Server.Mime;

/// <summary>
/// A header by field name in lower case. The last field of a name comes first in importance: where one value is wanted,
/// it is that of the last. Values stay bytes until somebody asks for them; addresses are parsed once.
/// </summary>
public sealed class ParsedHeader : IEnumerable<KeyValuePair<string, HeaderValue>>
{
    // Below this number of fields they are looked through each time.
    private const int MaxSearched = 64;

    private static readonly string[] AddressNames = ["from", "sender", "reply-to", "to", "cc", "bcc"];

    private readonly IReadOnlyList<HeaderField> _fields;
    private readonly ParameterizedValue? _disposition;
    private readonly KeyValuePair<string, HeaderValue>[] _replacements;
    private List<int>? _wellKnown;
    private int? _headerBytes;
    private AddressTable? _table;
    private Ranges _ranges;
    private IReadOnlyList<MailAddress>?[]? _addresses;
    private KeyValuePair<string, HeaderValue>[]? _items;

    internal ParsedHeader(
        IReadOnlyList<HeaderField> fields,
        ParameterizedValue contentType,
        ParameterizedValue? disposition,
        params KeyValuePair<string, HeaderValue>[] replacements)
    {
        _fields = fields;
        _disposition = disposition;
        _replacements = replacements;
        ContentType = contentType;
    }

    /// <summary>Where the addresses of each name stand, the position of the first one plus one; 0 when they were not parsed yet.</summary>
    [InlineArray(6)]
    private struct Ranges
    {
        private (int Start, int End) _first;
    }

    /// <summary>Content-Type, or text/plain when there is none.</summary>
    public ParameterizedValue ContentType { get; }

    /// <summary>The entries of From; empty when there is none.</summary>
    public IReadOnlyList<MailAddress> From => Addresses("from");

    /// <summary>Whether a field of this name (in lower case) is present.</summary>
    public bool Contains(string name) => FindLast(name, _fields.Count) >= 0;

    /// <summary>The text of the last field of this name, or null.</summary>
    public string? Last(string name)
    {
        var last = FindLast(name, _fields.Count);
        return last < 0 ? null : HeaderText.DecodeUnfolded(_fields[last].Value);
    }

    /// <summary>
    /// All texts of the fields of this name, in the order of the message. Only the last one is unfolded; that is how
    /// WildDuck stores repeated fields.
    /// </summary>
    public ImmutableArray<string> Texts(string name)
    {
        var last = FindLast(name, _fields.Count);
        if (last < 0)
        {
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        texts.Add(HeaderText.DecodeUnfolded(_fields[last].Value));
        for (var earlier = FindLast(name, last); earlier >= 0; earlier = FindLast(name, earlier))
        {
            texts.Add(HeaderText.Decode(_fields[earlier].Value));
        }

        texts.Reverse();
        return texts.DrainToImmutable();
    }

    /// <summary>The addresses in the fields of this name; empty when there are none.</summary>
    /// <param name="name">One of from, sender, reply-to, to, cc and bcc.</param>
    public IReadOnlyList<MailAddress> Addresses(string name)
    {
        var index = Array.IndexOf(AddressNames, name);
        if (index < 0 || !Contains(name))
        {
            return [];
        }

        _addresses ??= new IReadOnlyList<MailAddress>?[AddressNames.Length];
        return _addresses[index] ??= ParseAddresses(index);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, HeaderValue>> GetEnumerator() =>
        (_items ??= [.. HeaderParser.Parse(_fields, this, _replacements)]).AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A header of which some values are enumerated as others.</summary>
    public ParsedHeader With(params ReadOnlySpan<(string Name, string Value)> replacements)
    {
        var values = new KeyValuePair<string, HeaderValue>[replacements.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = new(replacements[index].Name, new HeaderValue(replacements[index].Value));
        }

        _addresses ??= new IReadOnlyList<MailAddress>?[AddressNames.Length];
        return new ParsedHeader(_fields, ContentType, _disposition, values) { _addresses = _addresses, _table = _table, _ranges = _ranges };
    }

    /// <summary>Parses header fields. Never fails; fields with strange names are left out.</summary>
    public static ParsedHeader Parse(IReadOnlyList<HeaderField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var content = ContentFields.Find(fields);
        ParameterTable? parameters = null;
        return new ParsedHeader(fields, content.ContentType(ref parameters), content.Disposition(ref parameters));
    }

    /// <summary>
    /// Parses the addresses in the fields of a name into a table, which stays with the header, and tells where they stand.
    /// To be called while nobody else has the header.
    /// </summary>
    internal (int Start, int End) ParseAddresses(string name, AddressTable table)
    {
        var index = Array.IndexOf(AddressNames, name);
        if (_ranges[index].Start == 0 && Contains(name))
        {
            _table = table;
            var start = table.Count;
            ParseInto(table, name);
            _ranges[index] = (start + 1, table.Count);
        }

        return _ranges[index] is { Start: > 0 } range ? (range.Start - 1, range.End) : default;
    }

    /// <summary>Content-Disposition, or null when there is none.</summary>
    internal ParameterizedValue? ContentDisposition => _disposition;

    /// <summary>Appends what <see cref="Last"/> returns.</summary>
    internal void AppendLast(string name, TextBuffer text)
    {
        var last = FindLast(name, _fields.Count);
        if (last >= 0)
        {
            HeaderText.AppendUnfolded(_fields[last].Value, text);
        }
    }

    /// <summary>Whether there is more than one field of this name.</summary>
    internal bool IsRepeated(string name) => FindLast(name, _fields.Count) is > 0 and var last && FindLast(name, last) >= 0;

    /// <summary>The last field of a name before a position, or -1.</summary>
    private int FindLast(string name, int end)
    {
        if (_fields.Count > MaxSearched && KnownTexts.IsKnown(name))
        {
            return FindLastWellKnown(name, end);
        }

        for (var index = end - 1; index >= 0; index--)
        {
            if (_fields[index].HasName(name))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>The same where there are so many fields that they are looked through only once.</summary>
    private int FindLastWellKnown(string name, int end)
    {
        var wellKnown = _wellKnown ??= FindWellKnown();
        var next = wellKnown.BinarySearch(end);
        for (var index = (next < 0 ? ~next : next) - 1; index >= 0; index--)
        {
            if (_fields[wellKnown[index]].HasName(name))
            {
                return wellKnown[index];
            }
        }

        return -1;
    }

    private List<int> FindWellKnown()
    {
        var wellKnown = new List<int>();
        for (var index = 0; index < _fields.Count; index++)
        {
            if (KnownTexts.IsKnown(_fields[index].Name))
            {
                wellKnown.Add(index);
            }
        }

        return wellKnown;
    }

    private int CountBytes()
    {
        var bytes = 0;
        for (var index = 0; index < _fields.Count; index++)
        {
            bytes += _fields[index].Length;
        }

        return bytes;
    }

    private MailAddress[] ParseAddresses(int index)
    {
        if (_ranges[index] is { Start: > 0 } range)
        {
            return _table!.ToArray(range.Start - 1, range.End);
        }

        using var table = new AddressTable();
        ParseInto(table, AddressNames[index]);
        return table.ToArray(0, table.Count);
    }

    private void ParseInto(AddressTable table, string name)
    {
        using var scratch = new ScratchText();
        var text = scratch.Buffer;
        var last = FindLast(name, _fields.Count);
        var headerBytes = _headerBytes ??= CountBytes();
        for (var index = 0; index < last; index++)
        {
            if (_fields[index].HasName(name))
            {
                text.AppendUtf8(_fields[index].Value);
                AddressParser.Parse(text.Text, table, headerBytes);
                text.Clear();
            }
        }

        HeaderText.AppendUnfolded(_fields[last].Value, text);
        AddressParser.Parse(text.Text, table, headerBytes);
    }
}
