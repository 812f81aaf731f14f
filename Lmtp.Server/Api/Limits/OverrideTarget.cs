using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Api.Limits;

/// <summary>A limit and one subject of it, by the name under which the limit counts.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Subject">The subject.</param>
internal sealed record OverrideTarget(RateLimit Limit, string Subject)
{
    /// <summary>The id of the rule.</summary>
    public string Id => RateLimitOverride.IdOf(Limit.Name, Subject);
}
