using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.RateLimiting;

/// <summary>Says what becomes of mail while limits cannot be checked.</summary>
/// <param name="server">Redis.</param>
/// <param name="limits">The limits.</param>
/// <param name="options">The options.</param>
internal sealed class RateLimitHealthCheck(RateLimitServer server, RateLimits limits, IOptionsMonitor<RateLimitOptions> options)
    : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var current = options.CurrentValue;
        if (server.Database() is not null)
        {
            return HealthCheckResult.Healthy();
        }

        if (current.FailClosed)
        {
            return HealthCheckResult.Unhealthy("Redis does not answer: mail under a rate limit is refused for now.");
        }

        // Whoever runs without Redis and set no limit has decided so; that defaults do not hold then is documented.
        return limits.All.Any(limit => current.RuleOf(limit).IsLimit && (server.IsConfigured || current.IsSet(limit)))
            ? HealthCheckResult.Degraded("Redis does not answer: mail is taken without rate limits.")
            : HealthCheckResult.Healthy();
    }
}
