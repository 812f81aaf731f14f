using StackExchange.Redis;

namespace Lmtp.Server.RateLimiting;

/// <summary>The Redis that counts.</summary>
/// <param name="Database">The database, or null while there is no connection.</param>
/// <param name="IsConfigured">Whether there is to be one at all.</param>
public sealed record RateLimitServer(Func<IDatabase?> Database, bool IsConfigured);
