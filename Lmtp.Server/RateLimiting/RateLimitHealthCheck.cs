using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lmtp.Server.RateLimiting;

/// <summary>Says what becomes of mail while limits cannot be checked.</summary>
/// <param name="redis">The database, or null while there is no connection.</param>
/// <param name="options">The options.</param>
internal sealed class RateLimitHealthCheck(Func<IDatabase?> redis, IOptionsMonitor<RateLimitOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var current = options.CurrentValue;
        if (redis() is not null || (!current.FailClosed && !RateLimits.All.Any(limit => limit.RuleOf(current).IsLimit)))
        {
            return HealthCheckResult.Healthy();
        }

        return current.FailClosed
            ? HealthCheckResult.Unhealthy("Redis does not answer: mail under a rate limit is refused for now.")
            : HealthCheckResult.Degraded("Redis does not answer: mail is taken without rate limits.");
    }
}
