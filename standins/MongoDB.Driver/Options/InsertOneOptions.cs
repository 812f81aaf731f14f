using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of inserting a document.</summary>
public sealed class InsertOneOptions
{
    /// <summary>Whether validation is left out.</summary>
    public bool? BypassDocumentValidation { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }
}
