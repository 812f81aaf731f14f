using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Which writes a read sees.</summary>
public sealed class ReadConcern : IEquatable<ReadConcern>, IConvertibleToBsonDocument
{
    /// <summary>Creates one.</summary>
    public ReadConcern(Optional<ReadConcernLevel?> level = default)
    {
        Level = level.WithDefault(null);
    }

    /// <summary>Whatever the server has.</summary>
    public static ReadConcern Available { get; } = new(ReadConcernLevel.Available);

    /// <summary>What the server does by default.</summary>
    public static ReadConcern Default { get; } = new();

    /// <summary>Every write that was acknowledged before.</summary>
    public static ReadConcern Linearizable { get; } = new(ReadConcernLevel.Linearizable);

    /// <summary>What the server has.</summary>
    public static ReadConcern Local { get; } = new(ReadConcernLevel.Local);

    /// <summary>What the majority has.</summary>
    public static ReadConcern Majority { get; } = new(ReadConcernLevel.Majority);

    /// <summary>What the majority had at one moment.</summary>
    public static ReadConcern Snapshot { get; } = new(ReadConcernLevel.Snapshot);

    /// <summary>Whether nothing is asked for.</summary>
    public bool IsServerDefault => Level is null;

    /// <summary>The level.</summary>
    public ReadConcernLevel? Level { get; }

    /// <summary>A copy with changes.</summary>
    public ReadConcern With(Optional<ReadConcernLevel?> level = default) => new(level.WithDefault(Level));

    /// <summary>Equality of value.</summary>
    public bool Equals(ReadConcern other) => other is not null && Level == other.Level;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as ReadConcern);

    /// <inheritdoc />
    public override int GetHashCode() => Level.GetHashCode();

    /// <summary>What is sent.</summary>
    public BsonDocument ToBsonDocument() => Level is null ? [] : new BsonDocument("level", Level.Value.ToString().ToLowerInvariant());

    /// <inheritdoc />
    public override string ToString() => ToBsonDocument().ToString();
}

/// <summary>The levels of read concern.</summary>
public enum ReadConcernLevel
{
    /// <summary>Whatever the server has.</summary>
    Available,
    /// <summary>What the server has.</summary>
    Local,
    /// <summary>What the majority has.</summary>
    Majority,
    /// <summary>Every write that was acknowledged before.</summary>
    Linearizable,
    /// <summary>What the majority had at one moment.</summary>
    Snapshot,
}
