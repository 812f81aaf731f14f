using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>The answer to a write.</summary>
public class WriteConcernResult
{
    /// <summary>Creates one.</summary>
    public WriteConcernResult(BsonDocument response)
    {
        Response = response;
    }

    /// <summary>The answer.</summary>
    public BsonDocument Response { get; }
}
