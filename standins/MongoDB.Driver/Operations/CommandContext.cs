using MongoDB.Driver.Topology;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Operations;

/// <summary>Where a command ran.</summary>
internal sealed class CommandContext(Server server, Connection connection, Session session)
{
    public Server Server { get; } = server;

    public Connection Connection { get; } = connection;

    public Session Session { get; } = session;

    /// <summary>Whether a cursor keeps the session.</summary>
    public bool SessionIsTaken { get; set; }
}
