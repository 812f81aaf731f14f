using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>A query failed.</summary>
public class MongoQueryException : MongoServerException
{
    /// <summary>Creates one.</summary>
    public MongoQueryException(ConnectionId connectionId, string message, BsonDocument query, BsonDocument queryResult)
        : base(connectionId, message)
    {
        Query = query;
        QueryResult = queryResult;
    }

    /// <summary>The query.</summary>
    public BsonDocument Query { get; }

    /// <summary>The answer.</summary>
    public BsonDocument QueryResult { get; }
}
