using System.Collections;
using System.Runtime.InteropServices;
using System.Text;

namespace MongoDB.Bson;

/// <summary>An array.</summary>
public partial class BsonArray : BsonValue, IComparable<BsonArray>, IEquatable<BsonArray>, IList<BsonValue>
{
    private readonly List<BsonValue> _values;

    /// <summary>Creates an empty array.</summary>
    public BsonArray()
        : this(0)
    {
    }

    /// <summary>Creates an empty array with room for so many values.</summary>
    public BsonArray(int capacity)
    {
        _values = new List<BsonValue>(capacity);
    }

    /// <summary>Creates an array of mapped .NET values.</summary>
    public BsonArray(IEnumerable values)
        : this(0)
    {
        AddRange(values);
    }

    /// <summary>Creates an array of these values.</summary>
    public BsonArray(IEnumerable<bool> values)
        : this(0)
    {
        AddRange(values);
    }

    /// <summary>Creates an array of these values.</summary>
    public BsonArray(IEnumerable<BsonValue> values)
        : this(0)
    {
        AddRange(values);
    }

    /// <summary>Creates an array of these values.</summary>
    public BsonArray(IEnumerable<DateTime> values)
        : this(0)
    {
        AddRange(values);
    }

    /// <summary>Creates an array of these values.</summary>
    public BsonArray(IEnumerable<double> values)
        : this(0)
    {
        AddRange(values);
    }

    /// <summary>Creates an array of these values.</summary>
    public BsonArray(IEnumerable<int> values)
        : this(0)
    {
        AddRange(values);
    }

    /// <summary>Creates an array of these values.</summary>
    public BsonArray(IEnumerable<long> values)
        : this(0)
    {
        AddRange(values);
    }

    /// <summary>Creates an array of these values.</summary>
    public BsonArray(IEnumerable<ObjectId> values)
        : this(0)
    {
        AddRange(values);
    }

    /// <summary>Creates an array of these values.</summary>
    public BsonArray(IEnumerable<string> values)
        : this(0)
    {
        AddRange(values);
    }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.Array;

    /// <summary>How many values fit before memory is taken again.</summary>
    public virtual int Capacity
    {
        get => _values.Capacity;
        set => _values.Capacity = value;
    }

    /// <summary>How many values there are.</summary>
    public virtual int Count => _values.Count;

    /// <summary>Whether the array cannot be changed.</summary>
    public virtual bool IsReadOnly => false;

    /// <summary>The values.</summary>
    public virtual IEnumerable<BsonValue> Values => _values;

    internal virtual ReadOnlySpan<BsonValue> ValueSpan => CollectionsMarshal.AsSpan(_values);

    /// <summary>The value at a position.</summary>
    public override BsonValue this[int index]
    {
        get => _values[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _values[index] = value;
        }
    }

    /// <summary>Equality of values and their order.</summary>
    public static bool operator ==(BsonArray lhs, BsonArray rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of values or their order.</summary>
    public static bool operator !=(BsonArray lhs, BsonArray rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to an array.</summary>
    public static new BsonArray Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonArray)BsonTypeMapper.MapToBsonValue(value, BsonType.Array);
    }

    /// <summary>Adds a value.</summary>
    public virtual BsonArray Add(BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _values.Add(value);
        return this;
    }

    /// <summary>Adds mapped .NET values.</summary>
    public virtual BsonArray AddRange(IEnumerable values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            Add(BsonValue.Create(value));
        }

        return this;
    }

    /// <summary>Adds values.</summary>
    public virtual BsonArray AddRange(IEnumerable<bool> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            Add(value);
        }

        return this;
    }

    /// <summary>Adds values.</summary>
    public virtual BsonArray AddRange(IEnumerable<BsonValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            Add(value is null ? BsonNull.Value : value);
        }

        return this;
    }

    /// <summary>Adds values.</summary>
    public virtual BsonArray AddRange(IEnumerable<DateTime> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            Add(value);
        }

        return this;
    }

    /// <summary>Adds values.</summary>
    public virtual BsonArray AddRange(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            Add(value);
        }

        return this;
    }

    /// <summary>Adds values.</summary>
    public virtual BsonArray AddRange(IEnumerable<int> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            Add(value);
        }

        return this;
    }

    /// <summary>Adds values.</summary>
    public virtual BsonArray AddRange(IEnumerable<long> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            Add(value);
        }

        return this;
    }

    /// <summary>Adds values.</summary>
    public virtual BsonArray AddRange(IEnumerable<ObjectId> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            Add(value);
        }

        return this;
    }

    /// <summary>Adds values.</summary>
    public virtual BsonArray AddRange(IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            Add(value is null ? BsonNull.Value : value);
        }

        return this;
    }

    /// <inheritdoc />
    public override BsonValue Clone() => new BsonArray(Values.Select(value => value.Clone()));

    /// <inheritdoc />
    public override BsonValue DeepClone() => new BsonArray(Values.Select(value => value.DeepClone()));

    /// <summary>Removes everything.</summary>
    public virtual void Clear() => _values.Clear();

    /// <summary>Compares value by value, then length.</summary>
    public virtual int CompareTo(BsonArray rhs)
    {
        if (rhs is null)
        {
            return 1;
        }

        var shared = Math.Min(Count, rhs.Count);
        for (var index = 0; index < shared; index++)
        {
            var order = this[index].CompareTo(rhs[index]);
            if (order != 0)
            {
                return order;
            }
        }

        return Count.CompareTo(rhs.Count);
    }

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonArray array ? CompareTo(array) : CompareTypeTo(other);

    /// <summary>Whether the value is in the array.</summary>
    public virtual bool Contains(BsonValue value) => IndexOf(value) != -1;

    /// <summary>Copies the values.</summary>
    public virtual void CopyTo(BsonValue[] array, int arrayIndex) => ValueSpan.CopyTo(array.AsSpan(arrayIndex));

    /// <summary>Equality of values and their order.</summary>
    public bool Equals(BsonArray obj) => Equals((object)obj);

    /// <inheritdoc />
    public override bool Equals(object obj) => ReferenceEquals(this, obj) || (obj is BsonArray other && Values.SequenceEqual(other.Values));

    /// <summary>Walks the values.</summary>
    public virtual IEnumerator<BsonValue> GetEnumerator() => Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<BsonValue>.Add(BsonValue item) => Add(item);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(BsonType);
        foreach (var value in Values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The position of a value, or -1.</summary>
    public virtual int IndexOf(BsonValue value) => _values.IndexOf(value);

    /// <summary>The position of a value from there on, or -1.</summary>
    public virtual int IndexOf(BsonValue value, int index) => _values.IndexOf(value, index);

    /// <summary>The position of a value in a range, or -1.</summary>
    public virtual int IndexOf(BsonValue value, int index, int count) => _values.IndexOf(value, index, count);

    /// <summary>Inserts a value.</summary>
    public virtual void Insert(int index, BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _values.Insert(index, value);
    }

    /// <summary>Removes the first equal value.</summary>
    public virtual bool Remove(BsonValue value) => _values.Remove(value);

    /// <summary>Removes the value at a position.</summary>
    public virtual void RemoveAt(int index) => _values.RemoveAt(index);

    /// <summary>The values as an array.</summary>
    public virtual BsonValue[] ToArray() => [.. Values];

    /// <summary>The values as a list.</summary>
    public virtual List<BsonValue> ToList() => [.. Values];

    /// <inheritdoc />
    public override string ToString()
    {
        return new StringBuilder("[").AppendJoin(", ", Values).Append(']').ToString();
    }
}
