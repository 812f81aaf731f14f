namespace Lmtp.Server.RateLimiting.Limits;

/// <summary>Connections of a client address.</summary>
internal sealed class ClientConnections()
    : RateLimit(LimitStep.Connection, LimitedParty.Client, LimitUnit.Connections, "Connections of a client address", "too many connections of this client");
