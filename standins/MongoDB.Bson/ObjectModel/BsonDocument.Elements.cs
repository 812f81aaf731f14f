using System.Collections;
using System.Runtime.InteropServices;

namespace MongoDB.Bson;

/// <content>Reading and changing elements.</content>
public partial class BsonDocument
{
    internal ReadOnlySpan<BsonElement> ElementSpan => CollectionsMarshal.AsSpan(_elements);

    /// <summary>Adds an element; a second one of the same name is an InvalidOperationException.</summary>
    public virtual BsonDocument Add(BsonElement element)
    {
        if (element.Name is null)
        {
            throw new ArgumentException("The element has no name.", nameof(element));
        }

        EnsureWritable();
        if (!AllowDuplicateNames && IndexOfName(element.Name) != -1)
        {
            throw new InvalidOperationException($"Duplicate element name '{element.Name}'.");
        }

        _elements.Add(element);
        _positions?.TryAdd(element.Name, _elements.Count - 1);
        return this;
    }

    /// <summary>Adds an element.</summary>
    public virtual BsonDocument Add(string name, BsonValue value) => Add(new BsonElement(name, value));

    /// <summary>Adds an element if the condition holds.</summary>
    public virtual BsonDocument Add(string name, BsonValue value, bool condition) => condition ? Add(name, value) : this;

    /// <summary>Adds an element if the condition holds; only then is the value made.</summary>
    public virtual BsonDocument Add(string name, Func<BsonValue> valueFactory, bool condition)
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        return condition ? Add(name, valueFactory()) : this;
    }

    /// <summary>Adds mapped .NET values.</summary>
    public virtual BsonDocument AddRange(Dictionary<string, object> dictionary) => AddRange((IEnumerable<KeyValuePair<string, object>>)dictionary);

    /// <summary>Adds mapped .NET values.</summary>
    public virtual BsonDocument AddRange(IDictionary dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        foreach (DictionaryEntry entry in dictionary)
        {
            if (entry.Key is not string name)
            {
                throw new ArgumentOutOfRangeException(nameof(dictionary), "Every key of the dictionary must be a string.");
            }

            Add(name, Create(entry.Value));
        }

        return this;

        static BsonValue Create(object value) => BsonValue.Create(value);
    }

    /// <summary>Adds elements.</summary>
    public virtual BsonDocument AddRange(IEnumerable<BsonElement> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        foreach (var element in elements)
        {
            Add(element);
        }

        return this;
    }

    /// <summary>Adds mapped .NET values.</summary>
    public virtual BsonDocument AddRange(IEnumerable<KeyValuePair<string, object>> dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        foreach (var (name, value) in dictionary)
        {
            Add(name, BsonValue.Create(value));
        }

        return this;
    }

    /// <summary>Removes everything.</summary>
    public virtual void Clear()
    {
        EnsureWritable();
        _elements.Clear();
        _positions = null;
    }

    /// <summary>Whether there is an element of that name.</summary>
    public virtual bool Contains(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IndexOfName(name) != -1;
    }

    /// <summary>Whether an element has that value.</summary>
    public virtual bool ContainsValue(BsonValue value) => Values.Any(candidate => candidate == value);

    /// <summary>The element at a position.</summary>
    public virtual BsonElement GetElement(int index) => _elements[index];

    /// <summary>The element of that name; a missing one is a KeyNotFoundException.</summary>
    public virtual BsonElement GetElement(string name)
    {
        return TryGetElement(name, out var element) ? element : throw new KeyNotFoundException($"Element '{name}' not found.");
    }

    /// <summary>The value at a position.</summary>
    public virtual BsonValue GetValue(int index) => GetElement(index).Value;

    /// <summary>The value of that name; a missing one is a KeyNotFoundException.</summary>
    public virtual BsonValue GetValue(string name) => GetElement(name).Value;

    /// <summary>The value of that name, or the default.</summary>
    public virtual BsonValue GetValue(string name, BsonValue defaultValue) => TryGetValue(name, out var value) ? value : defaultValue;

    /// <summary>The position of the first element of that name, or -1.</summary>
    public virtual int IndexOfName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_elements.Count >= IndexThreshold)
        {
            _positions ??= BuildPositions();
            return _positions.TryGetValue(name, out var position) ? position : -1;
        }

        for (var index = 0; index < _elements.Count; index++)
        {
            if (_elements[index].Name == name)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Inserts an element at a position.</summary>
    public virtual void InsertAt(int index, BsonElement element)
    {
        EnsureWritable();
        if (!AllowDuplicateNames && IndexOfName(element.Name) != -1)
        {
            throw new InvalidOperationException($"Duplicate element name '{element.Name}' not allowed.");
        }

        _elements.Insert(index, element);
        _positions = null;
    }

    /// <summary>Adds the elements that this document lacks.</summary>
    public virtual BsonDocument Merge(BsonDocument document) => Merge(document, overwriteExistingElements: false);

    /// <summary>Adds the elements that this document lacks, and replaces the others if asked to.</summary>
    public virtual BsonDocument Merge(BsonDocument document, bool overwriteExistingElements)
    {
        ArgumentNullException.ThrowIfNull(document);
        foreach (var element in document.Elements)
        {
            if (overwriteExistingElements || !Contains(element.Name))
            {
                Set(element.Name, element.Value);
            }
        }

        return this;
    }

    /// <summary>Removes the elements of that name, if any.</summary>
    public virtual void Remove(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        EnsureWritable();
        if (_elements.RemoveAll(element => element.Name == name) > 0)
        {
            _positions = null;
        }
    }

    /// <summary>Removes the element at a position.</summary>
    public virtual void RemoveAt(int index)
    {
        EnsureWritable();
        _elements.RemoveAt(index);
        _positions = null;
    }

    /// <summary>Removes an element.</summary>
    public virtual void RemoveElement(BsonElement element)
    {
        EnsureWritable();
        _elements.Remove(element);
        _positions = null;
    }

    /// <summary>Replaces the value at a position.</summary>
    public virtual BsonDocument Set(int index, BsonValue value)
    {
        EnsureWritable();
        _elements[index] = new BsonElement(_elements[index].Name, value);
        return this;
    }

    /// <summary>Replaces the value of that name, or adds it.</summary>
    public virtual BsonDocument Set(string name, BsonValue value) => SetElement(new BsonElement(name, value));

    /// <summary>Replaces the element at a position.</summary>
    public virtual BsonDocument SetElement(int index, BsonElement element)
    {
        EnsureWritable();
        _elements[index] = element;
        _positions = null;
        return this;
    }

    /// <summary>Replaces the element of that name, or adds it.</summary>
    public virtual BsonDocument SetElement(BsonElement element)
    {
        EnsureWritable();
        var index = IndexOfName(element.Name);
        if (index == -1)
        {
            return Add(element);
        }

        _elements[index] = element;
        return this;
    }

    /// <summary>Looks an element up.</summary>
    public virtual bool TryGetElement(string name, out BsonElement value)
    {
        var index = IndexOfName(name);
        value = index == -1 ? default : _elements[index];
        return index != -1;
    }

    /// <summary>Looks a value up.</summary>
    public virtual bool TryGetValue(string name, out BsonValue value)
    {
        var found = TryGetElement(name, out var element);
        value = element.Value;
        return found;
    }

    private protected virtual void EnsureWritable()
    {
    }

    private Dictionary<string, int> BuildPositions()
    {
        var positions = new Dictionary<string, int>(_elements.Count, StringComparer.Ordinal);
        for (var index = 0; index < _elements.Count; index++)
        {
            positions.TryAdd(_elements[index].Name, index);
        }

        return positions;
    }
}
