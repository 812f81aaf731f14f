using Lmtp.Server.Protocol.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>
/// Says where LMTP is served once that is known (Kestrel calls every listener "http://"), and is the health check
/// that is good exactly while the listeners are open.
/// </summary>
internal sealed class ListenerAnnouncer(
    IHostApplicationLifetime lifetime,
    ILmtpServerState state,
    ILogger<ListenerAnnouncer> logger) : IHostedService, IHealthCheck
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Announce);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var open = lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested;
        return Task.FromResult(open
            ? HealthCheckResult.Healthy("LMTP listeners are open.")
            : HealthCheckResult.Unhealthy("LMTP listeners are not open."));
    }

    private void Announce()
    {
        if (!state.IsEnabled)
        {
            logger.Disabled();
            return;
        }

        foreach (var listener in state.Listeners)
        {
            logger.Listening(listener.Address, listener.Name);
        }
    }
}
