using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Which servers of a replica set are read from.</summary>
public sealed class ReadPreference : IEquatable<ReadPreference>
{
    /// <summary>Creates one.</summary>
    public ReadPreference(
        ReadPreferenceMode mode,
        IEnumerable<TagSet> tagSets = null,
        TimeSpan? maxStaleness = null)
    {
        ReadPreferenceMode = mode;
        TagSets = [.. tagSets ?? []];
        MaxStaleness = maxStaleness;
        if (mode == ReadPreferenceMode.Primary && (TagSets.Any(set => !set.IsEmpty) || maxStaleness.HasValue))
        {
            throw new ArgumentException("The mode primary takes neither tags nor a maximum staleness.", nameof(mode));
        }
    }

    /// <summary>The server that answers fastest.</summary>
    public static ReadPreference Nearest { get; } = new(ReadPreferenceMode.Nearest);

    /// <summary>The primary.</summary>
    public static ReadPreference Primary { get; } = new(ReadPreferenceMode.Primary);

    /// <summary>The primary, or else a secondary.</summary>
    public static ReadPreference PrimaryPreferred { get; } = new(ReadPreferenceMode.PrimaryPreferred);

    /// <summary>A secondary.</summary>
    public static ReadPreference Secondary { get; } = new(ReadPreferenceMode.Secondary);

    /// <summary>A secondary, or else the primary.</summary>
    public static ReadPreference SecondaryPreferred { get; } = new(ReadPreferenceMode.SecondaryPreferred);

    /// <summary>How far a secondary may be behind.</summary>
    public TimeSpan? MaxStaleness { get; }

    /// <summary>The mode.</summary>
    public ReadPreferenceMode ReadPreferenceMode { get; }

    /// <summary>Which secondaries, best first.</summary>
    public IReadOnlyList<TagSet> TagSets { get; }

    /// <summary>A copy with another mode.</summary>
    public ReadPreference With(ReadPreferenceMode mode) => new(mode, TagSets, MaxStaleness);

    /// <summary>A copy with other tags.</summary>
    public ReadPreference With(IEnumerable<TagSet> tagSets) => new(ReadPreferenceMode, tagSets, MaxStaleness);

    /// <summary>A copy with another maximum staleness.</summary>
    public ReadPreference With(TimeSpan? maxStaleness) => new(ReadPreferenceMode, TagSets, maxStaleness);

    /// <summary>Equality of value.</summary>
    public bool Equals(ReadPreference other)
    {
        return other is not null
            && ReadPreferenceMode == other.ReadPreferenceMode
            && MaxStaleness == other.MaxStaleness
            && TagSets.SequenceEqual(other.TagSets);
    }

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as ReadPreference);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(ReadPreferenceMode, MaxStaleness, TagSets.Count);

    /// <inheritdoc />
    public override string ToString() => ToDocument().ToString();

    internal BsonDocument ToDocument()
    {
        var mode = ReadPreferenceMode.ToString();
        var document = new BsonDocument("mode", char.ToLowerInvariant(mode[0]) + mode[1..]);
        if (TagSets.Count > 0)
        {
            document.Add("tags", new BsonArray(TagSets.Select(set => new BsonDocument(set.Tags.Select(tag => new BsonElement(tag.Name, tag.Value))))));
        }

        return document.Add("maxStalenessSeconds", () => (int)MaxStaleness.Value.TotalSeconds, MaxStaleness.HasValue);
    }
}

/// <summary>The modes of read preference.</summary>
public enum ReadPreferenceMode
{
    /// <summary>The primary.</summary>
    Primary,
    /// <summary>The primary, or else a secondary.</summary>
    PrimaryPreferred,
    /// <summary>A secondary.</summary>
    Secondary,
    /// <summary>A secondary, or else the primary.</summary>
    SecondaryPreferred,
    /// <summary>The server that answers fastest.</summary>
    Nearest,
}
