using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of listing the names of collections.</summary>
public sealed class ListCollectionNamesOptions
{
    /// <summary>Only those that may be used.</summary>
    public bool? AuthorizedCollections { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>Which ones.</summary>
    public FilterDefinition<BsonDocument> Filter { get; set; }
}
