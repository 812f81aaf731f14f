using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of an estimated count.</summary>
public sealed class EstimatedDocumentCountOptions
{
    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>How long the server may take.</summary>
    public TimeSpan? MaxTime { get; set; }
}
