using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>The server is recovering or shutting down.</summary>
public class MongoNodeIsRecoveringException : MongoCommandException
{
    /// <summary>Creates one.</summary>
    public MongoNodeIsRecoveringException(ConnectionId connectionId, BsonDocument command, BsonDocument result)
        : base(connectionId, $"Server returned node is recovering error (code = {result.GetValue("code", -1)}, codeName = \"{result.GetValue("codeName", "")}\").", command, result)
    {
    }

    /// <summary>Whether the server is shutting down.</summary>
    public bool IsShutdownError => Code is 11600 or 91;
}
