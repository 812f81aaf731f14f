using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>The server refused the credentials.</summary>
public class MongoAuthenticationException : MongoConnectionException
{
    /// <summary>Creates one.</summary>
    public MongoAuthenticationException(ConnectionId connectionId, string message)
        : base(connectionId, message)
    {
    }

    /// <summary>Creates one with the error behind it.</summary>
    public MongoAuthenticationException(ConnectionId connectionId, string message, Exception innerException)
        : base(connectionId, message, innerException)
    {
    }

    /// <inheritdoc />
    public override bool IsNetworkException => false;
}
