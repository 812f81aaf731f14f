using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lmtp.Server.Storage;

/// <summary>Redis that is away degrades the service and does not stop it: mail is stored all the same.</summary>
internal sealed class RedisHealthCheck(RedisConnection redis) : IHealthCheck
{
    private const string Consequence =
        "Counters and notifications are left out, forwards are not limited, and whom autoreplies have answered is known to this database only.";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(redis switch
        {
            { IsConfigured: false } => HealthCheckResult.Healthy($"No Redis is configured. {Consequence}"),
            { IsConnected: true } => HealthCheckResult.Healthy(),
            _ => HealthCheckResult.Degraded($"Redis does not answer. {Consequence}"),
        });
}
