using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver.Core.Events;

/// <summary>Mirrors MongoDB.Driver.Core.Events.CommandStartedEvent.</summary>
public readonly struct CommandStartedEvent
{
    internal CommandStartedEvent(string commandName, BsonDocument command, string databaseName, int requestId, ConnectionId connectionId)
    {
        CommandName = commandName;
        Command = command;
        DatabaseNamespace = new DatabaseNamespace(databaseName);
        RequestId = requestId;
        ConnectionId = connectionId;
    }

    public BsonDocument Command { get; }

    public string CommandName { get; }

    public ConnectionId ConnectionId { get; }

    public DatabaseNamespace DatabaseNamespace { get; }

    public int RequestId { get; }
}

/// <summary>Mirrors MongoDB.Driver.Core.Events.CommandSucceededEvent.</summary>
public readonly struct CommandSucceededEvent
{
    internal CommandSucceededEvent(string commandName, int requestId, TimeSpan duration, ConnectionId connectionId)
    {
        CommandName = commandName;
        RequestId = requestId;
        Duration = duration;
        ConnectionId = connectionId;
    }

    public string CommandName { get; }

    public ConnectionId ConnectionId { get; }

    public TimeSpan Duration { get; }

    public int RequestId { get; }
}

/// <summary>Mirrors MongoDB.Driver.Core.Events.CommandFailedEvent.</summary>
public readonly struct CommandFailedEvent
{
    internal CommandFailedEvent(string commandName, int requestId, TimeSpan duration, ConnectionId connectionId, Exception failure)
    {
        CommandName = commandName;
        RequestId = requestId;
        Duration = duration;
        ConnectionId = connectionId;
        Failure = failure;
    }

    public string CommandName { get; }

    public ConnectionId ConnectionId { get; }

    public TimeSpan Duration { get; }

    public Exception Failure { get; }

    public int RequestId { get; }
}
