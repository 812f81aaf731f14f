using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Lmtp.Server.Mime;

/// <summary>
/// Parameters of a header value, by name in lower case. They are enumerated as an ECMAScript object would: names that
/// are array indexes first, in ascending order, then the others as they were first set.
/// </summary>
public sealed class ParameterList : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _items = [];
    private Dictionary<string, int>? _positions;

    /// <summary>No parameters.</summary>
    public static ParameterList Empty { get; } = new();

    /// <summary>Whether a parameter was taken, even one with an empty name.</summary>
    public bool Any { get; internal set; }

    /// <summary>The number of parameters.</summary>
    public int Count => _items.Count;

    /// <summary>The value of a parameter as WildDuck keeps it, still with encoded words.</summary>
    /// <param name="name">The name in lower case.</param>
    /// <param name="value">The value, when this returns true.</param>
    public bool TryGetValue(string name, [MaybeNullWhen(false)] out string value)
    {
        var position = Find(name);
        value = position < 0 ? null : _items[position].Value;
        return position >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        if (!_items.Exists(static item => IsArrayIndex(item.Key, out _)))
        {
            return _items.GetEnumerator();
        }

        return _items
            .OrderBy(static item => IsArrayIndex(item.Key, out var index) ? index : long.MaxValue)
            .GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Set(string name, string value)
    {
        var position = Find(name);
        if (position >= 0)
        {
            _items[position] = new(name, value);
            return;
        }

        _positions?.Add(name, _items.Count);
        _items.Add(new(name, value));
        if (_positions is null && _items.Count > 8)
        {
            // A hostile header has tens of thousands; an ordinary one fits in a glance.
            _positions = [];
            for (var index = 0; index < _items.Count; index++)
            {
                _positions.Add(_items[index].Key, index);
            }
        }
    }

    internal static bool IsArrayIndex(string name, out long index)
    {
        index = 0;
        return name.Length is > 0 and <= 10
            && (name[0] != '0' || name.Length == 1)
            && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && index < uint.MaxValue;
    }

    private int Find(string name)
    {
        if (_positions is not null)
        {
            return _positions.TryGetValue(name, out var position) ? position : -1;
        }

        for (var index = 0; index < _items.Count; index++)
        {
            if (_items[index].Key == name)
            {
                return index;
            }
        }

        return -1;
    }
}
