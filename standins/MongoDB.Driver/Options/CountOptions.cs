using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of a count.</summary>
public sealed class CountOptions
{
    /// <summary>The rules for comparing strings.</summary>
    public Collation Collation { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>The index to use: its name or keys.</summary>
    public BsonValue Hint { get; set; }

    /// <summary>Where to stop counting.</summary>
    public long? Limit { get; set; }

    /// <summary>How long the server may take.</summary>
    public TimeSpan? MaxTime { get; set; }

    /// <summary>How many to leave out.</summary>
    public long? Skip { get; set; }
}
