using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of listing collections.</summary>
public sealed class ListCollectionsOptions
{
    /// <summary>How many documents a batch has.</summary>
    public int? BatchSize { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>Which ones.</summary>
    public FilterDefinition<BsonDocument> Filter { get; set; }
}
