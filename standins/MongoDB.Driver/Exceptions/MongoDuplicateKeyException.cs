using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>A write would have broken a unique index.</summary>
public class MongoDuplicateKeyException : MongoWriteConcernException
{
    /// <summary>Creates one.</summary>
    public MongoDuplicateKeyException(ConnectionId connectionId, string message, WriteConcernResult commandResult)
        : base(connectionId, message, commandResult)
    {
    }
}
