using MongoDB.Driver.Core.Servers;

namespace MongoDB.Driver.Core.Connections;

/// <summary>Names a connection in errors and logs.</summary>
public sealed class ConnectionId : IEquatable<ConnectionId>
{
    private static long _lastLocalValue;

    /// <summary>Creates one with the next number.</summary>
    public ConnectionId(ServerId serverId)
        : this(serverId, Interlocked.Increment(ref _lastLocalValue))
    {
    }

    /// <summary>Creates one.</summary>
    public ConnectionId(ServerId serverId, long localValue)
    {
        ArgumentNullException.ThrowIfNull(serverId);
        ServerId = serverId;
        LongLocalValue = localValue;
    }

    /// <summary>The number that the client gave.</summary>
    public long LongLocalValue { get; }

    /// <summary>The server.</summary>
    public ServerId ServerId { get; }

    internal string ServerEndPoint => ServerId.Address.ToString();

    /// <summary>Equality of value.</summary>
    public bool Equals(ConnectionId other) => other is not null && LongLocalValue == other.LongLocalValue && ServerId.Equals(other.ServerId);

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as ConnectionId);

    /// <inheritdoc />
    public override int GetHashCode() => LongLocalValue.GetHashCode();

    /// <inheritdoc />
    public override string ToString() => $"{{ ServerId : {ServerId}, LocalValue : {LongLocalValue} }}";
}
