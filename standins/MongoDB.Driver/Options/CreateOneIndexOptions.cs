using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of creating an index.</summary>
public class CreateOneIndexOptions
{
    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>How long the server may take.</summary>
    public TimeSpan? MaxTime { get; set; }
}
