using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of creating a collection.</summary>
public class CreateCollectionOptions
{
    /// <summary>Whether old documents make room.</summary>
    public bool? Capped { get; set; }

    /// <summary>The rules for comparing strings.</summary>
    public Collation Collation { get; set; }

    /// <summary>When documents of a time series expire.</summary>
    public TimeSpan? ExpireAfter { get; set; }

    /// <summary>How many documents a capped collection holds.</summary>
    public long? MaxDocuments { get; set; }

    /// <summary>How many bytes a capped collection holds.</summary>
    public long? MaxSize { get; set; }

    /// <summary>Options of the storage engine.</summary>
    public BsonDocument StorageEngine { get; set; }
}
