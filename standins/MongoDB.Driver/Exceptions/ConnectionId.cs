namespace MongoDB.Driver.Core.Connections;

/// <summary>Mirrors MongoDB.Driver.Core.Connections.ConnectionId: names a connection in errors.</summary>
public sealed class ConnectionId
{
    internal ConnectionId(string server, long localValue)
    {
        Server = server;
        LongLocalValue = localValue;
    }

    public long LongLocalValue { get; }

    internal string Server { get; }

    public override string ToString() => $"{{ Server : {Server}, LocalValue : {LongLocalValue} }}";
}
