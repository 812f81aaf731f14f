using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>The server ended an operation because it took longer than it was allowed to.</summary>
public class MongoExecutionTimeoutException : MongoServerException
{
    /// <summary>Creates one.</summary>
    public MongoExecutionTimeoutException(ConnectionId connectionId, string message)
        : this(connectionId, message, null, null)
    {
    }

    /// <summary>Creates one.</summary>
    public MongoExecutionTimeoutException(ConnectionId connectionId, string message, BsonDocument result)
        : this(connectionId, message, null, result)
    {
    }

    /// <summary>Creates one with the error behind it.</summary>
    public MongoExecutionTimeoutException(ConnectionId connectionId, string message, Exception innerException, BsonDocument result)
        : base(connectionId, message, innerException)
    {
        Code = result?.GetValue("code", -1).ToInt32() ?? -1;
        CodeName = result?.GetValue("codeName", BsonNull.Value) is BsonString name ? name.Value : null;
    }

    /// <summary>The server's error code, or -1.</summary>
    public int Code { get; }

    /// <summary>The name of the error code.</summary>
    public string CodeName { get; }
}
