using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>A write was done but its write concern was not met.</summary>
public class MongoWriteConcernException : MongoCommandException
{
    /// <summary>Creates one.</summary>
    public MongoWriteConcernException(ConnectionId connectionId, string message, WriteConcernResult writeConcernResult)
        : base(connectionId, message, null, writeConcernResult.Response)
    {
        WriteConcernResult = writeConcernResult;
    }

    /// <summary>The outcome.</summary>
    public WriteConcernResult WriteConcernResult { get; }

    /// <summary>Whether nothing else went wrong.</summary>
    public bool IsWriteConcernErrorOnly() => Result is not null && Result.GetValue("ok", 0).ToBoolean();
}
