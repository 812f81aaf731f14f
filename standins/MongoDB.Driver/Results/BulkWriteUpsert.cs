using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>A document that an upsert inserted.</summary>
public class BulkWriteUpsert
{
    internal BulkWriteUpsert(int index, BsonValue id)
    {
        Index = index;
        Id = id;
    }

    /// <summary>The id of the document.</summary>
    public BsonValue Id { get; }

    /// <summary>The position of the write in the list of requests.</summary>
    public int Index { get; }
}
