namespace Lmtp.Server.Delivery.Spool;

/// <summary>Removes at start what processes that were killed left in the spool.</summary>
internal sealed class SpoolCleanup(SpoolDirectory directory) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        directory.RemoveAbandoned();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
