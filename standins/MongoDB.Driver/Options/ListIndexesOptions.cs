using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of listing indexes.</summary>
public sealed class ListIndexesOptions
{
    /// <summary>How many documents a batch has.</summary>
    public int? BatchSize { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }
}
