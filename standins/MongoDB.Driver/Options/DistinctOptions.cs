using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of a distinct query.</summary>
public sealed class DistinctOptions
{
    /// <summary>The rules for comparing strings.</summary>
    public Collation Collation { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>How long the server may take.</summary>
    public TimeSpan? MaxTime { get; set; }
}
