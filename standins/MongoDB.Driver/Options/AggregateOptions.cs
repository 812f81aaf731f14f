using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of an aggregation.</summary>
public class AggregateOptions
{
    /// <summary>Whether the server may use its disk.</summary>
    public bool? AllowDiskUse { get; set; }

    /// <summary>How many documents a batch has.</summary>
    public int? BatchSize { get; set; }

    /// <summary>Whether validation is left out.</summary>
    public bool? BypassDocumentValidation { get; set; }

    /// <summary>The rules for comparing strings.</summary>
    public Collation Collation { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>The index to use: its name or keys.</summary>
    public BsonValue Hint { get; set; }

    /// <summary>Variables.</summary>
    public BsonDocument Let { get; set; }

    /// <summary>How long the server waits for more.</summary>
    public TimeSpan? MaxAwaitTime { get; set; }

    /// <summary>How long the server may take.</summary>
    public TimeSpan? MaxTime { get; set; }
}
