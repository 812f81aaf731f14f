using System.Net.Sockets;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>A connection could not be opened, or broke.</summary>
public class MongoConnectionException : MongoException
{
    /// <summary>Creates one.</summary>
    public MongoConnectionException(ConnectionId connectionId, string message)
        : this(connectionId, message, null)
    {
    }

    /// <summary>Creates one with the error behind it.</summary>
    public MongoConnectionException(ConnectionId connectionId, string message, Exception innerException)
        : base(message, innerException)
    {
        ConnectionId = connectionId;
    }

    /// <summary>The connection.</summary>
    public ConnectionId ConnectionId { get; }

    /// <summary>Whether a time limit of the socket was the cause.</summary>
    public bool ContainsSocketTimeoutException => Causes().Any(cause => cause is SocketException { SocketErrorCode: SocketError.TimedOut });

    /// <summary>Whether a time limit was the cause.</summary>
    public bool ContainsTimeoutException => ContainsSocketTimeoutException || Causes().Any(cause => cause is TimeoutException);

    /// <summary>Whether the network was the cause.</summary>
    public virtual bool IsNetworkException => true;

    private IEnumerable<Exception> Causes()
    {
        for (var cause = InnerException; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
