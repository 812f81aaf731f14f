using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Orchestration;

/// <summary>Watches the health of running resources, and says when one is ready for the first time.</summary>
internal sealed class HealthMonitor(
    HealthCheckService checks,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    IServiceProvider services)
{
    private static readonly TimeSpan UnhealthyInterval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(30);

    /// <summary>The keys of the checks that a resource asks for.</summary>
    public static string[] Keys(IResource resource) => [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(annotation => annotation.Key)];

    /// <summary>Runs until cancelled, which is when the resource stops.</summary>
    public async Task MonitorAsync(IResource resource, CancellationToken cancellationToken)
    {
        var keys = Keys(resource);
        var ready = false;
        while (true)
        {
            var healthy = keys.Length == 0 || await CheckAsync(resource, keys, cancellationToken).ConfigureAwait(false);
            if (healthy && !ready)
            {
                ready = true;
                var handled = eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken);
                await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { ResourceReadyEvent = new EventSnapshot(handled) }).ConfigureAwait(false);
            }

            if (keys.Length == 0)
            {
                return;
            }

            await Task.Delay(healthy ? HealthyInterval : UnhealthyInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> CheckAsync(IResource resource, string[] keys, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(registration => keys.Contains(registration.Name), cancellationToken).ConfigureAwait(false);
        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            HealthReports = [.. report.Entries.Select(entry => new HealthReportSnapshot(entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.ToString()))],
        }).ConfigureAwait(false);
        return report.Status == HealthStatus.Healthy;
    }
}
