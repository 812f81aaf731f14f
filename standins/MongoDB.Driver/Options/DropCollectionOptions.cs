using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of dropping a collection.</summary>
public class DropCollectionOptions
{
    /// <summary>Fields that are stored encrypted.</summary>
    public BsonDocument EncryptedFields { get; set; }
}
