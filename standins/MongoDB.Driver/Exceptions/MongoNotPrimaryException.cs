using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>The server is not the primary.</summary>
public class MongoNotPrimaryException : MongoCommandException
{
    /// <summary>Creates one.</summary>
    public MongoNotPrimaryException(ConnectionId connectionId, BsonDocument command, BsonDocument result)
        : base(connectionId, $"Server returned not primary error (code = {result.GetValue("code", -1)}, codeName = \"{result.GetValue("codeName", "")}\").", command, result)
    {
    }
}
