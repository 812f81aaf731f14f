using System.Collections;
using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>A document: an ordered list of named values.</summary>
public partial class BsonDocument : BsonValue, IComparable<BsonDocument>, IConvertibleToBsonDocument, IEnumerable<BsonElement>, IEquatable<BsonDocument>
{
    /// <summary>From this many elements on, names are looked up through a dictionary.</summary>
    private const int IndexThreshold = 12;

    private readonly List<BsonElement> _elements;
    private Dictionary<string, int> _positions;

    /// <summary>Creates an empty document.</summary>
    public BsonDocument()
    {
        _elements = [];
    }

    /// <summary>Creates an empty document that may hold a name more than once.</summary>
    public BsonDocument(bool allowDuplicateNames)
        : this()
    {
        AllowDuplicateNames = allowDuplicateNames;
    }

    /// <summary>Creates a document of one element.</summary>
    public BsonDocument(BsonElement element)
        : this()
    {
        Add(element);
    }

    /// <summary>Creates a shallow copy.</summary>
    public BsonDocument(BsonDocument document)
        : this((document ?? throw new ArgumentNullException(nameof(document))).Elements)
    {
    }

    /// <summary>Creates a document from mapped .NET values.</summary>
    public BsonDocument(Dictionary<string, object> dictionary)
        : this((IEnumerable<KeyValuePair<string, object>>)dictionary)
    {
    }

    /// <summary>Creates a document from mapped .NET values.</summary>
    public BsonDocument(IEnumerable<KeyValuePair<string, object>> dictionary)
        : this()
    {
        AddRange(dictionary);
    }

    /// <summary>Creates a document from mapped .NET values.</summary>
    public BsonDocument(IDictionary dictionary)
        : this()
    {
        AddRange(dictionary);
    }

    /// <summary>Creates a document of these elements.</summary>
    public BsonDocument(IEnumerable<BsonElement> elements)
        : this()
    {
        AddRange(elements);
    }

    /// <summary>Creates a document of one element.</summary>
    public BsonDocument(string name, BsonValue value)
        : this()
    {
        Add(name, value);
    }

    /// <summary>Whether a name may occur more than once.</summary>
    public bool AllowDuplicateNames { get; set; }

    /// <inheritdoc />
    public override BsonType BsonType => BsonType.Document;

    /// <summary>How many elements there are.</summary>
    public virtual int ElementCount => _elements.Count;

    /// <summary>The elements in order.</summary>
    public virtual IEnumerable<BsonElement> Elements => _elements;

    /// <summary>The names in order.</summary>
    public virtual IEnumerable<string> Names => Elements.Select(element => element.Name);

    /// <summary>The values in order.</summary>
    public virtual IEnumerable<BsonValue> Values => Elements.Select(element => element.Value);

    /// <summary>The value at a position.</summary>
    public override BsonValue this[int index]
    {
        get => GetValue(index);
        set => Set(index, value);
    }

    /// <summary>The value of an element: reading a missing one is a KeyNotFoundException, writing one adds it.</summary>
    public override BsonValue this[string name]
    {
        get => GetValue(name);
        set => Set(name, value);
    }

    /// <summary>Equality of elements and their order.</summary>
    public static bool operator ==(BsonDocument lhs, BsonDocument rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of elements or their order.</summary>
    public static bool operator !=(BsonDocument lhs, BsonDocument rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to a document.</summary>
    public static new BsonDocument Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonDocument)BsonTypeMapper.MapToBsonValue(value, BsonType.Document);
    }

    /// <summary>Reads JSON: extended (relaxed, canonical) or shell syntax.</summary>
    public static BsonDocument Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new JsonParser(json).ParseDocument();
    }

    /// <summary>Reads JSON, or says that it cannot be read.</summary>
    public static bool TryParse(string s, out BsonDocument result)
    {
        try
        {
            result = s is null ? null : Parse(s);
        }
        catch (FormatException)
        {
            result = null;
        }

        return result is not null;
    }

    /// <inheritdoc />
    public override BsonValue Clone()
    {
        var clone = new BsonDocument(AllowDuplicateNames);
        clone.AddRange(Elements.Select(element => element.Clone()));
        return clone;
    }

    /// <inheritdoc />
    public override BsonValue DeepClone()
    {
        var clone = new BsonDocument(AllowDuplicateNames);
        clone.AddRange(Elements.Select(element => element.DeepClone()));
        return clone;
    }

    /// <summary>Compares element by element: name, then value.</summary>
    public virtual int CompareTo(BsonDocument rhs)
    {
        if (rhs is null)
        {
            return 1;
        }

        using var left = Elements.GetEnumerator();
        using var right = rhs.Elements.GetEnumerator();
        while (true)
        {
            var leftHasNext = left.MoveNext();
            if (!right.MoveNext())
            {
                return leftHasNext ? 1 : 0;
            }

            if (!leftHasNext)
            {
                return -1;
            }

            var order = left.Current.CompareTo(right.Current);
            if (order != 0)
            {
                return order;
            }
        }
    }

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonDocument document ? CompareTo(document) : CompareTypeTo(other);

    /// <summary>Equality of elements and their order.</summary>
    public bool Equals(BsonDocument obj) => Equals((object)obj);

    /// <inheritdoc />
    public override bool Equals(object obj) => ReferenceEquals(this, obj) || (obj is BsonDocument other && Elements.SequenceEqual(other.Elements));

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(BsonType);
        foreach (var element in Elements)
        {
            hash.Add(element.Name);
            hash.Add(element.Value);
        }

        return hash.ToHashCode();
    }

    /// <summary>Walks the elements.</summary>
    public virtual IEnumerator<BsonElement> GetEnumerator() => Elements.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    BsonDocument IConvertibleToBsonDocument.ToBsonDocument() => this;

    /// <summary>The elements as .NET values.</summary>
    public Dictionary<string, object> ToDictionary() => Elements.ToDictionary(element => element.Name, element => BsonTypeMapper.MapToDotNetValue(element.Value));

    /// <summary>The elements as .NET values.</summary>
    public Hashtable ToHashtable() => new(ToDictionary());

    /// <inheritdoc />
    public override string ToString() => this.ToJson();
}
