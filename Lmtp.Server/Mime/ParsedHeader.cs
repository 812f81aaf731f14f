using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Lmtp.Server.Mime;

/// <summary>
/// A header by field name in lower case. The last field of a name comes first in importance: where one value is wanted,
/// it is that of the last.
/// </summary>
public sealed class ParsedHeader : IEnumerable<KeyValuePair<string, HeaderValue>>
{
    private const int MaxSearched = 24;

    private readonly KeyValuePair<string, HeaderValue>[] _items;
    private readonly Dictionary<string, int>? _positions;

    internal ParsedHeader(KeyValuePair<string, HeaderValue>[] items)
    {
        _items = items;
        if (items.Length > MaxSearched)
        {
            _positions = new Dictionary<string, int>(items.Length);
            for (var index = 0; index < items.Length; index++)
            {
                _positions.Add(items[index].Key, index);
            }
        }
    }

    /// <summary>The number of names.</summary>
    public int Count => _items.Length;

    /// <summary>Content-Type, or text/plain when there is none.</summary>
    public ParameterizedValue ContentType => _items[Find("content-type")].Value.Parameterized!;

    /// <summary>The entries of From; empty when there is none.</summary>
    public IReadOnlyList<MailAddress> From => Addresses("from");

    /// <summary>Looks a header up.</summary>
    /// <param name="name">The field name in lower case.</param>
    /// <param name="value">The value, when this returns true.</param>
    public bool TryGetValue(string name, [MaybeNullWhen(false)] out HeaderValue value)
    {
        var position = Find(name);
        value = position < 0 ? null : _items[position].Value;
        return position >= 0;
    }

    /// <summary>Whether a field of this name (in lower case) is present.</summary>
    public bool Contains(string name) => Find(name) >= 0;

    /// <summary>The text of the last field of this name, or null.</summary>
    public string? Last(string name) => TryGetValue(name, out var value) ? value.Last : null;

    /// <summary>All texts of the fields of this name, in the order of the message.</summary>
    public ImmutableArray<string> Texts(string name) => TryGetValue(name, out var value) ? value.Texts : [];

    /// <summary>The addresses in the fields of this name; empty when there are none.</summary>
    public IReadOnlyList<MailAddress> Addresses(string name) => TryGetValue(name, out var value) ? value.Addresses ?? [] : [];

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, HeaderValue>> GetEnumerator() => _items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A copy in which some headers have another value.</summary>
    public ParsedHeader With(params ReadOnlySpan<(string Name, string Value)> replacements)
    {
        var items = new List<KeyValuePair<string, HeaderValue>>(_items.Length + replacements.Length);
        items.AddRange(_items);
        foreach (var (name, value) in replacements)
        {
            var item = KeyValuePair.Create(name, new HeaderValue(value));
            var position = items.FindIndex(other => other.Key == name);
            if (position < 0)
            {
                items.Add(item);
            }
            else
            {
                items[position] = item;
            }
        }

        return new ParsedHeader([.. items]);
    }

    /// <summary>Parses header fields. Never fails; fields with strange names are left out.</summary>
    public static ParsedHeader Parse(IReadOnlyList<HeaderField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return HeaderParser.Parse(fields);
    }

    private int Find(string name)
    {
        if (_positions is not null)
        {
            return _positions.GetValueOrDefault(name, -1);
        }

        for (var index = 0; index < _items.Length; index++)
        {
            if (_items[index].Key == name)
            {
                return index;
            }
        }

        return -1;
    }
}
