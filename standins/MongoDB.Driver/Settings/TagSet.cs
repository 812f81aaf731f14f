namespace MongoDB.Driver;

/// <summary>Tags that a server must have.</summary>
public sealed class TagSet : IEquatable<TagSet>
{
    /// <summary>Creates one that every server fulfils.</summary>
    public TagSet()
        : this([])
    {
    }

    /// <summary>Creates one.</summary>
    public TagSet(IEnumerable<Tag> tags)
    {
        Tags = [.. tags];
    }

    /// <summary>Whether every server fulfils it.</summary>
    public bool IsEmpty => Tags.Count == 0;

    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags { get; }

    /// <summary>Whether all of the others are here.</summary>
    public bool ContainsAll(TagSet required) => required.Tags.All(tag => Tags.Contains(tag));

    /// <summary>Equality of value.</summary>
    public bool Equals(TagSet other) => other is not null && Tags.SequenceEqual(other.Tags);

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as TagSet);

    /// <inheritdoc />
    public override int GetHashCode() => Tags.Count;

    /// <inheritdoc />
    public override string ToString() => $"{{ {string.Join(", ", Tags)} }}";
}

/// <summary>A name and value by which servers are told apart.</summary>
public sealed class Tag : IEquatable<Tag>
{
    /// <summary>Creates one.</summary>
    public Tag(string name, string value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The value.</summary>
    public string Value { get; }

    /// <summary>Equality of value.</summary>
    public bool Equals(Tag other) => other is not null && Name == other.Name && Value == other.Value;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as Tag);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Name, Value);

    /// <inheritdoc />
    public override string ToString() => $"{Name} : {Value}";
}
