using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of a delete.</summary>
public sealed class DeleteOptions
{
    /// <summary>The rules for comparing strings.</summary>
    public Collation Collation { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>The index to use: its name or keys.</summary>
    public BsonValue Hint { get; set; }

    /// <summary>Variables.</summary>
    public BsonDocument Let { get; set; }
}
