using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of several writes.</summary>
public sealed class BulkWriteOptions
{
    /// <summary>Whether validation is left out.</summary>
    public bool? BypassDocumentValidation { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>Whether the first error ends the rest.</summary>
    public bool IsOrdered { get; set; } = true;

    /// <summary>Variables.</summary>
    public BsonDocument Let { get; set; }
}
