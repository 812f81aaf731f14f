using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.MongoException.</summary>
public class MongoException : Exception
{
    public MongoException(string message)
        : base(message)
    {
    }

    public MongoException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Mirrors MongoDB.Driver.MongoClientException.</summary>
public class MongoClientException : MongoException
{
    public MongoClientException(string message)
        : base(message)
    {
    }

    public MongoClientException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Mirrors MongoDB.Driver.MongoConfigurationException: a setting or connection string that is not valid.</summary>
public class MongoConfigurationException : MongoClientException
{
    public MongoConfigurationException(string message)
        : base(message)
    {
    }

    public MongoConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Mirrors MongoDB.Driver.MongoConnectionException: the connection failed.</summary>
public class MongoConnectionException : MongoException
{
    public MongoConnectionException(ConnectionId connectionId, string message)
        : base(message) => ConnectionId = connectionId;

    public MongoConnectionException(ConnectionId connectionId, string message, Exception innerException)
        : base(message, innerException) => ConnectionId = connectionId;

    public ConnectionId ConnectionId { get; }

    public virtual bool IsNetworkException => true;
}

/// <summary>Mirrors MongoDB.Driver.MongoAuthenticationException: the server refused the credential.</summary>
public class MongoAuthenticationException : MongoConnectionException
{
    public MongoAuthenticationException(ConnectionId connectionId, string message)
        : base(connectionId, message)
    {
    }

    public MongoAuthenticationException(ConnectionId connectionId, string message, Exception innerException)
        : base(connectionId, message, innerException)
    {
    }

    public override bool IsNetworkException => false;
}

/// <summary>Mirrors MongoDB.Driver.MongoServerException: the server answered with an error.</summary>
public class MongoServerException(ConnectionId connectionId, string message, Exception innerException = null)
    : MongoException(message, innerException)
{
    public ConnectionId ConnectionId { get; } = connectionId;
}

/// <summary>Mirrors MongoDB.Driver.MongoCommandException: a command failed on the server.</summary>
public class MongoCommandException(ConnectionId connectionId, string message, BsonDocument command, BsonDocument result)
    : MongoServerException(connectionId, message)
{
    public int Code => Result.GetValue("code", -1).ToInt32();

    public string CodeName => Result.TryGetValue("codeName", out var name) ? name.AsString : null;

    public BsonDocument Command { get; } = command;

    public string ErrorMessage => Result.GetValue("errmsg", "Unknown error.").AsString;

    public BsonDocument Result { get; } = result;
}

/// <summary>Mirrors MongoDB.Driver.MongoNotPrimaryException: the server is no (longer the) primary.</summary>
public class MongoNotPrimaryException(ConnectionId connectionId, BsonDocument command, BsonDocument result)
    : MongoCommandException(connectionId, "Server returned not primary error.", command, result);

/// <summary>Mirrors MongoDB.Driver.MongoNodeIsRecoveringException: the server is starting or stopping.</summary>
public class MongoNodeIsRecoveringException(ConnectionId connectionId, BsonDocument command, BsonDocument result)
    : MongoCommandException(connectionId, "Server returned node is recovering error.", command, result);

/// <summary>Mirrors MongoDB.Driver.MongoExecutionTimeoutException: maxTimeMS passed.</summary>
public class MongoExecutionTimeoutException(ConnectionId connectionId, string message, Exception innerException, BsonDocument result)
    : MongoServerException(connectionId, message, innerException)
{
    public int Code => result.GetValue("code", -1).ToInt32();
}

/// <summary>Mirrors MongoDB.Driver.MongoCursorNotFoundException: the cursor timed out or was killed.</summary>
public class MongoCursorNotFoundException(ConnectionId connectionId, long cursorId, BsonDocument query)
    : MongoServerException(connectionId, $"Cursor {cursorId} not found on server.")
{
    public long CursorId { get; } = cursorId;

    public BsonDocument Query { get; } = query;
}

/// <summary>Mirrors MongoDB.Driver.MongoDuplicateKeyException.</summary>
public class MongoDuplicateKeyException(ConnectionId connectionId, string message, BsonDocument commandResult)
    : MongoServerException(connectionId, message)
{
    public BsonDocument Result { get; } = commandResult;
}

/// <summary>Mirrors MongoDB.Driver.MongoWriteConcernException: written, but not as durably as asked for.</summary>
public class MongoWriteConcernException(ConnectionId connectionId, string message, BsonDocument result)
    : MongoCommandException(connectionId, message, null, result);

/// <summary>Mirrors MongoDB.Driver.MongoInternalException: a reply that the driver cannot make sense of.</summary>
public class MongoInternalException(string message) : MongoException(message);
