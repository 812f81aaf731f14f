using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of inserting documents.</summary>
public sealed class InsertManyOptions
{
    /// <summary>Whether validation is left out.</summary>
    public bool? BypassDocumentValidation { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>Whether the first error ends the rest.</summary>
    public bool IsOrdered { get; set; } = true;
}
