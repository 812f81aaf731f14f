using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>A command failed.</summary>
public class MongoCommandException : MongoServerException
{
    /// <summary>Creates one.</summary>
    public MongoCommandException(ConnectionId connectionId, string message, BsonDocument command)
        : this(connectionId, message, command, null)
    {
    }

    /// <summary>Creates one.</summary>
    public MongoCommandException(ConnectionId connectionId, string message, BsonDocument command, BsonDocument result)
        : this(connectionId, message, command, result, null)
    {
    }

    /// <summary>Creates one with the error behind it.</summary>
    public MongoCommandException(ConnectionId connectionId, string message, BsonDocument command, BsonDocument result, Exception innerException)
        : base(connectionId, message, innerException)
    {
        Command = command;
        Result = result;
        foreach (var label in result?.GetValue("errorLabels", new BsonArray()).AsBsonArray ?? [])
        {
            AddErrorLabel(label.AsString);
        }
    }

    /// <summary>The server's error code, or -1.</summary>
    public int Code => Result?.GetValue("code", -1).ToInt32() ?? -1;

    /// <summary>The name of the error code.</summary>
    public string CodeName => Result?.GetValue("codeName", BsonNull.Value) is BsonString name ? name.Value : null;

    /// <summary>The command.</summary>
    public BsonDocument Command { get; }

    /// <summary>What the server said.</summary>
    public string ErrorMessage => Result?.GetValue("errmsg", "Unknown error.").AsString;

    /// <summary>The answer.</summary>
    public BsonDocument Result { get; }
}
