using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.ReadConcernLevel.</summary>
public enum ReadConcernLevel
{
    Available,
    Local,
    Linearizable,
    Majority,
    Snapshot,
}

/// <summary>Mirrors MongoDB.Driver.ReadConcern: how durable the data read must be.</summary>
public sealed class ReadConcern(ReadConcernLevel? level = null)
{
    public static ReadConcern Default { get; } = new();

    public static ReadConcern Available { get; } = new(ReadConcernLevel.Available);

    public static ReadConcern Local { get; } = new(ReadConcernLevel.Local);

    public static ReadConcern Linearizable { get; } = new(ReadConcernLevel.Linearizable);

    public static ReadConcern Majority { get; } = new(ReadConcernLevel.Majority);

    public static ReadConcern Snapshot { get; } = new(ReadConcernLevel.Snapshot);

    public ReadConcernLevel? Level { get; } = level;

    public bool IsServerDefault => Level is null;

    public BsonDocument ToBsonDocument() =>
        Level is null ? [] : new BsonDocument("level", Level.Value.ToString().ToLowerInvariant());
}
