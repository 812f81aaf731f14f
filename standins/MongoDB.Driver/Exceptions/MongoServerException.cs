using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>The server answered with an error.</summary>
public class MongoServerException : MongoException
{
    /// <summary>Creates one.</summary>
    public MongoServerException(ConnectionId connectionId, string message)
        : this(connectionId, message, null)
    {
    }

    /// <summary>Creates one with the error behind it.</summary>
    public MongoServerException(ConnectionId connectionId, string message, Exception innerException)
        : base(message, innerException)
    {
        ConnectionId = connectionId;
    }

    /// <summary>The connection it came from.</summary>
    public ConnectionId ConnectionId { get; }
}
