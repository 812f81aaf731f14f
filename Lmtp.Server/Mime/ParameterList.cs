using System.Globalization;

namespace Lmtp.Server.Mime;

/// <summary>
/// Parameters of a header value, by name in lower case. They are enumerated as an ECMAScript object would: names that
/// are array indexes first, in ascending order, then the others as they were first set. Valid as long as the message is.
/// </summary>
public readonly record struct ParameterList
{
    private readonly ParameterTable? _table;
    private readonly int _first;
    private readonly bool _hasArrayIndexes;

    internal ParameterList(ParameterTable table, int first, int count, bool any, bool hasArrayIndexes, int weight)
    {
        (_table, _first, _hasArrayIndexes) = (table, first, hasArrayIndexes);
        (Count, Any, Weight) = (count, any, weight);
    }

    /// <summary>Whether a parameter was taken, even one with an empty name.</summary>
    public bool Any { get; }

    /// <summary>The number of parameters.</summary>
    public int Count { get; }

    /// <summary>The least number of bytes that the parameters take in the stored document.</summary>
    internal int Weight { get; }

    /// <summary>The value of a parameter as WildDuck keeps it, still with encoded words.</summary>
    /// <param name="name">The name in lower case.</param>
    /// <param name="value">The value, when this returns true; else empty.</param>
    public bool TryGetText(string name, out ReadOnlySpan<char> value)
    {
        for (var position = _first; position < _first + Count; position++)
        {
            if (name.AsSpan().SequenceEqual(_table!.NameAt(position)))
            {
                value = _table.ValueAt(position);
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Enumerates the parameters.</summary>
    public Enumerator GetEnumerator() => new(this);

    internal static bool IsArrayIndex(ReadOnlySpan<char> name, out long index)
    {
        index = 0;
        return name.Length is > 0 and <= 10
            && char.IsAsciiDigit(name[0])
            && (name[0] != '0' || name.Length == 1)
            && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && index < uint.MaxValue;
    }

    private int[] ArrayIndexesFirst()
    {
        var table = _table!;
        return
        [
            .. Enumerable.Range(_first, Count)
                .OrderBy(position => IsArrayIndex(table.NameAt(position), out var index) ? index : long.MaxValue),
        ];
    }

    /// <summary>Goes from parameter to parameter.</summary>
    public struct Enumerator
    {
        private readonly ParameterList _list;
        private readonly int[]? _order;
        private int _next;
        private int _position;

        internal Enumerator(ParameterList list)
        {
            _list = list;
            _order = list._hasArrayIndexes ? list.ArrayIndexesFirst() : null;
        }

        /// <summary>The parameter that was reached, as strings.</summary>
        public readonly KeyValuePair<string, string> Current => new(KnownTexts.Get(Name), KnownTexts.Get(Value));

        /// <summary>The name of the parameter that was reached.</summary>
        public readonly ReadOnlySpan<char> Name => _list._table!.NameAt(_position);

        /// <summary>The value of the parameter that was reached.</summary>
        public readonly ReadOnlySpan<char> Value => _list._table!.ValueAt(_position);

        /// <summary>Goes on to the next parameter; false behind the last one.</summary>
        public bool MoveNext()
        {
            if (_next == _list.Count)
            {
                return false;
            }

            _position = _order is null ? _list._first + _next : _order[_next];
            _next++;
            return true;
        }
    }
}
