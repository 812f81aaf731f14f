namespace Lmtp.Server.Storage;

/// <summary>A rate limit of its own for one subject.</summary>
/// <param name="Id">The limit's name and the subject, joined by a colon; of a user's own limits the name alone.</param>
/// <param name="Count">How much is allowed; 0 for no limit.</param>
/// <param name="Period">The time in which it comes back.</param>
public sealed record RateLimitOverride(string Id, long Count, TimeSpan Period);
