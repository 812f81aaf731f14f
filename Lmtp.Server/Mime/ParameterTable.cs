using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>
/// The parameters of many header values, one value after the other. Names and values stand in one text, so that a parameter
/// leaves no object behind, however many there are. Reading is safe while nothing is set.
/// </summary>
internal sealed class ParameterTable : IDisposable
{
    private const int FirstParameters = 8;

    // A hostile header has millions; an ordinary one fits in a glance.
    private const int MaxSearched = 8;

    // The type and the length of the value, and a zero byte behind it and behind the name; in BODYSTRUCTURE, where name
    // and value are two items of a list, the same with the number of the item as its name.
    private const int LeastBytes = 23;

    private readonly TextBuffer _texts = new();
    private Parameter[] _parameters = [];
    private Slot[] _slots = [];
    private int _slotCount;
    private int _count;
    private int _first;
    private int _latest;

    private record struct Parameter(TextRange Name, TextRange Value, int Room);

    /// <summary>
    /// Where a name is found. The hash stands here too, so that looking for a new name seldom touches other ones.
    /// </summary>
    /// <param name="Hash">The hash of the name.</param>
    /// <param name="Number">The position of the parameter plus one; 0 for none.</param>
    private record struct Slot(int Hash, int Number);

    /// <summary>The number of parameters of the value that is being read.</summary>
    public int Count => _count - _first;

    /// <summary>Whether a name of this value is an array index of ECMAScript.</summary>
    public bool HasArrayIndexes { get; private set; }

    /// <summary>The least number of bytes that the parameters of this value take in the stored document.</summary>
    public int Weight { get; private set; }

    /// <summary>The name of a parameter, by its position in the table.</summary>
    public ReadOnlySpan<char> NameAt(int position) => _texts[_parameters[position].Name];

    /// <summary>The value of a parameter, by its position in the table.</summary>
    public ReadOnlySpan<char> ValueAt(int position) => _texts[_parameters[position].Value];

    /// <summary>The parameters of another value begin.</summary>
    public void Begin()
    {
        _first = _latest = _count;
        Weight = 0;
        HasArrayIndexes = false;
        ReturnSlots();
    }

    /// <summary>All parameters of the value have been set.</summary>
    /// <param name="any">Whether a parameter was taken, even one with an empty name.</param>
    public ParameterList End(bool any)
    {
        ReturnSlots();
        return new ParameterList(this, _first, Count, any, HasArrayIndexes, Weight);
    }

    /// <summary>Sets a parameter; it keeps the place at which it was first set.</summary>
    public void Set(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => SetAt(_first + PositionOf(name, out _), value);

    /// <summary>
    /// Sets a parameter behind which nothing but others of this kind comes, each of another name, so that it need not be found
    /// again.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="earlier">How many parameters there were before the first of this kind.</param>
    public void SetOnce(ReadOnlySpan<char> name, ReadOnlySpan<char> value, int earlier)
    {
        var position = Find(name, earlier);
        SetAt(position < 0 ? Append(name) : position, value);
    }

    /// <summary>The position of a parameter of this value among them, which is added without a value if it is not there.</summary>
    public int PositionOf(ReadOnlySpan<char> name, out bool isNew)
    {
        isNew = false;
        if (_latest < _count && (IsAt(_latest, name) || IsAt(_latest + 1 < _count ? _latest + 1 : _first, name)))
        {
            return _latest - _first;
        }

        var hash = 0;
        if (_slotCount == 0)
        {
            for (_latest = _first; _latest < _count; _latest++)
            {
                if (name.SequenceEqual(NameAt(_latest)))
                {
                    return _latest - _first;
                }
            }
        }
        else
        {
            hash = string.GetHashCode(name);
            ref var slot = ref SlotOf(name, hash);
            if (slot.Number > 0)
            {
                _latest = slot.Number - 1;
                return _latest - _first;
            }

            slot = new Slot(hash, _count + 1);
        }

        isNew = true;
        Add(name);
        return _latest - _first;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ReturnSlots();
        if (_parameters.Length > 0)
        {
            ArrayPool<Parameter>.Shared.Return(_parameters);
        }

        _parameters = [];
        _count = _first = _latest = 0;
        _texts.Dispose();
    }

    private void SetAt(int position, ReadOnlySpan<char> value)
    {
        ref var parameter = ref _parameters[position];
        if (value.SequenceEqual(_texts[parameter.Value]))
        {
            return;
        }

        Weight += value.Length - parameter.Value.Length;
        if (value.Length <= parameter.Room)
        {
            value.CopyTo(_texts.Tail(parameter.Value.Start));
            parameter.Value = parameter.Value with { Length = value.Length };
        }
        else
        {
            parameter.Value = new TextRange(_texts.Length, value.Length);
            parameter.Room = value.Length;
            _texts.Append(value);
        }
    }

    /// <summary>Whether a name stands at a position, which is the latest one then.</summary>
    private bool IsAt(int position, ReadOnlySpan<char> name)
    {
        if (!name.SequenceEqual(NameAt(position)))
        {
            return false;
        }

        _latest = position;
        return true;
    }

    /// <summary>The position in the table of one of the first parameters of this value, or -1.</summary>
    private int Find(ReadOnlySpan<char> name, int count)
    {
        if (_slotCount > 0)
        {
            return SlotOf(name, string.GetHashCode(name)).Number - 1;
        }

        for (var position = _first; position < _first + count; position++)
        {
            if (name.SequenceEqual(NameAt(position)))
            {
                return position;
            }
        }

        return -1;
    }

    /// <summary>Adds a parameter without a value, which is not found by its name yet; returns its position in the table.</summary>
    private int Append(ReadOnlySpan<char> name)
    {
        if (_count == _parameters.Length)
        {
            var grown = ArrayPool<Parameter>.Shared.Rent(Math.Max(FirstParameters, _count * 2));
            _parameters.AsSpan(0, _count).CopyTo(grown);
            if (_parameters.Length > 0)
            {
                ArrayPool<Parameter>.Shared.Return(_parameters);
            }

            _parameters = grown;
        }

        var start = _texts.Length;
        _texts.Append(name);
        _parameters[_count++] = new Parameter(_texts.Since(start), new TextRange(_texts.Length, 0), Room: 0);
        Weight += LeastBytes + (2 * name.Length);
        HasArrayIndexes |= ParameterList.IsArrayIndex(name, out _);
        return _count - 1;
    }

    private void Add(ReadOnlySpan<char> name)
    {
        _latest = Append(name);
        if (Count > MaxSearched && Count * 2 > _slotCount)
        {
            Hash();
        }
    }

    /// <summary>Makes room for twice as many slots as there are.</summary>
    private void Hash()
    {
        var (before, count) = (_slots, _slotCount);
        _slotCount = Math.Max(count, 2 * MaxSearched) * 2;
        _slots = ArrayPool<Slot>.Shared.Rent(_slotCount);
        _slots.AsSpan(0, _slotCount).Clear();
        if (count == 0)
        {
            for (var position = _first; position < _count; position++)
            {
                AddSlot(new Slot(string.GetHashCode(NameAt(position)), position + 1));
            }

            return;
        }

        foreach (var slot in before.AsSpan(0, count))
        {
            if (slot.Number > 0)
            {
                AddSlot(slot);
            }
        }

        ArrayPool<Slot>.Shared.Return(before);
    }

    /// <summary>Adds a slot for a name that has none.</summary>
    private void AddSlot(Slot slot)
    {
        var mask = _slotCount - 1;
        var index = slot.Hash & mask;
        while (_slots[index].Number > 0)
        {
            index = (index + 1) & mask;
        }

        _slots[index] = slot;
    }

    /// <summary>The slot of a name, or the one for it when it is new.</summary>
    /// <param name="name">The name.</param>
    /// <param name="hash">Its hash, which is another one in every process, so that nobody can send names that collide.</param>
    private ref Slot SlotOf(ReadOnlySpan<char> name, int hash)
    {
        var slots = _slots;
        var mask = _slotCount - 1;
        for (var index = hash & mask; ; index = (index + 1) & mask)
        {
            ref var slot = ref slots[index];
            if (slot.Number == 0 || (slot.Hash == hash && name.SequenceEqual(NameAt(slot.Number - 1))))
            {
                return ref slot;
            }
        }
    }

    private void ReturnSlots()
    {
        if (_slots.Length > 0)
        {
            ArrayPool<Slot>.Shared.Return(_slots);
            _slots = [];
            _slotCount = 0;
        }
    }
}
