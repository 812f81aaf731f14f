using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Lmtp.Server.Mime;

/// <summary>
/// Parameters of a header value, by name in lower case. They are enumerated as an ECMAScript object would: names that
/// are array indexes first, in ascending order, then the others as they were first set.
/// </summary>
public sealed class ParameterList
{
    // A hostile header has tens of thousands; an ordinary one fits in a glance.
    private const int MaxSearched = 8;

    // The type and the length of the value, and a zero byte behind it and behind the name; in BODYSTRUCTURE, where name
    // and value are two items of a list, the same with the number of the item as its name.
    private const int LeastBytes = 23;

    private KeyValuePair<string, string>[] _items = [];
    private Dictionary<string, int>? _positions;
    private bool _hasArrayIndexes;

    /// <summary>No parameters.</summary>
    public static ParameterList Empty { get; } = new();

    /// <summary>Whether a parameter was taken, even one with an empty name.</summary>
    public bool Any { get; internal set; }

    /// <summary>The number of parameters.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a parameter as WildDuck keeps it, still with encoded words.</summary>
    /// <param name="name">The name in lower case.</param>
    /// <param name="value">The value, when this returns true.</param>
    public bool TryGetValue(string name, [MaybeNullWhen(false)] out string value)
    {
        var position = Find(name);
        value = position < 0 ? null : _items[position].Value;
        return position >= 0;
    }

    /// <summary>Enumerates the parameters.</summary>
    public ReadOnlySpan<KeyValuePair<string, string>>.Enumerator GetEnumerator()
    {
        ReadOnlySpan<KeyValuePair<string, string>> items = _items.AsSpan(0, Count);
        if (_hasArrayIndexes)
        {
            items = _items.Take(Count)
                .OrderBy(static item => IsArrayIndex(item.Key, out var index) ? index : long.MaxValue)
                .ToArray();
        }

        return items.GetEnumerator();
    }

    /// <summary>The least number of bytes that the parameters take in the stored document.</summary>
    internal long Weight { get; private set; }

    internal void Set(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        var position = Find(name);
        if (position < 0)
        {
            Add(KnownTexts.Get(name), KnownTexts.Get(value));
        }
        else if (!value.SequenceEqual(_items[position].Value))
        {
            Weight += value.Length - _items[position].Value.Length;
            _items[position] = new(_items[position].Key, KnownTexts.Get(value));
        }
    }

    private void Add(string name, string value)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(1, Count * 2));
        }

        Weight += LeastBytes + (2L * name.Length) + value.Length;
        _items[Count++] = new(name, value);
        _hasArrayIndexes |= IsArrayIndex(name, out _);
        if (_positions is not null)
        {
            _positions.Add(name, Count - 1);
        }
        else if (Count > MaxSearched)
        {
            _positions = [];
            for (var index = 0; index < Count; index++)
            {
                _positions.Add(_items[index].Key, index);
            }
        }
    }

    internal static bool IsArrayIndex(string name, out long index)
    {
        index = 0;
        return name.Length is > 0 and <= 10
            && char.IsAsciiDigit(name[0])
            && (name[0] != '0' || name.Length == 1)
            && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && index < uint.MaxValue;
    }

    private int Find(ReadOnlySpan<char> name)
    {
        if (_positions is not null)
        {
            return _positions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var position) ? position : -1;
        }

        for (var index = 0; index < Count; index++)
        {
            if (name.SequenceEqual(_items[index].Key))
            {
                return index;
            }
        }

        return -1;
    }
}
