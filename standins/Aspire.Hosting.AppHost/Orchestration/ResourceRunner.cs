using System.ComponentModel;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Takes one resource through its life: waiting, starting, running, stopping.</summary>
internal sealed partial class ResourceRunner(
    IResource resource,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    HealthMonitor health,
    ProcessPlanner planner,
    IServiceProvider services,
    ILogger logger) : IDisposable
{
    /// <summary>How long a process that was asked to end may take before it is killed.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);

    private CancellationTokenSource _stopping = new();
    private Task _run = Task.CompletedTask;

    public IResource Resource => resource;

    public void Start()
    {
        if (!_run.IsCompleted)
        {
            return;
        }

        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        _run = Task.Run(() => RunAsync(_stopping.Token));
    }

    public async Task StopAsync()
    {
        if (_run.IsCompleted)
        {
            return;
        }

        await SetStateAsync(KnownResourceStates.Stopping).ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await PrepareAsync(stopping).ConfigureAwait(false);
            await (HasProcess ? RunProcessAsync(stopping) : RunValueAsync(stopping)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await SetStateAsync(KnownResourceStates.Finished).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DistributedApplicationException or Win32Exception or IOException or InvalidOperationException)
        {
            LogFailed(logger, resource.Name, error.Message);
            await SetStateAsync(KnownResourceStates.FailedToStart).ConfigureAwait(false);
        }
    }

    private bool HasProcess => resource is ProjectResource or ExecutableResource or ContainerResource;

    private async Task PrepareAsync(CancellationToken stopping)
    {
        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            State = KnownResourceStates.Starting,
            ExitCode = null,
            ResourceReadyEvent = null,
            HealthReports = [.. HealthMonitor.Keys(resource).Select(key => new HealthReportSnapshot(key, null, null, null))],
            Urls = [.. resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => new UrlSnapshot(endpoint.Name, endpoint.AllocatedEndpoint!.UriString, false))],
        }).ConfigureAwait(false);
        await notifications.WaitForDependenciesAsync(resource, stopping).ConfigureAwait(false);
        if (resource is IResourceWithConnectionString)
        {
            await WaitForReferencesAsync(stopping).ConfigureAwait(false);
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), stopping).ConfigureAwait(false);
        }

        await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), stopping).ConfigureAwait(false);
    }

    /// <summary>A connection string put together from others is there when these have started.</summary>
    private async Task WaitForReferencesAsync(CancellationToken stopping)
    {
        if (HasProcess)
        {
            return;
        }

        var owner = (IResourceWithConnectionString)resource;
        var references = owner.References.SelectMany(Referenced).ToHashSet();
        if (resource is IResourceWithParent child)
        {
            references.Add(child.Parent);
        }

        foreach (var reference in references.Where(reference => reference is not ParameterResource && !ReferenceEquals(reference, resource)))
        {
            await notifications.WaitForResourceAsync(reference.Name, cancellationToken: stopping).ConfigureAwait(false);
        }
    }

    private static IEnumerable<IResource> Referenced(object value) => value switch
    {
        IResource referenced => [referenced],
        IValueWithReferences nested => nested.References.SelectMany(Referenced),
        _ => [],
    };

    private async Task RunValueAsync(CancellationToken stopping)
    {
        await SetStateAsync(KnownResourceStates.Running).ConfigureAwait(false);
        await health.MonitorAsync(resource, stopping).ConfigureAwait(false);
        await Task.Delay(Timeout.InfiniteTimeSpan, stopping).ConfigureAwait(false);
    }

    private async Task RunProcessAsync(CancellationToken stopping)
    {
        await SetStateAsync(KnownResourceStates.Starting).ConfigureAwait(false);
        var plan = await planner.PlanAsync(resource, stopping).ConfigureAwait(false);
        using var process = SupervisedProcess.Start(plan, OnLine);
        using var monitoring = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            State = KnownResourceStates.Running,
            StartTimeStamp = DateTime.UtcNow,
            Properties = [new ResourcePropertySnapshot("executable.pid", process.Id)],
        }).ConfigureAwait(false);
        var monitor = health.MonitorAsync(resource, monitoring.Token);
        await using (stopping.Register(() => _ = process.StopAsync(StopGrace)).ConfigureAwait(false))
        {
            var exitCode = await process.Completion.ConfigureAwait(false);
            await monitoring.CancelAsync().ConfigureAwait(false);
            await monitor.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await OnExitAsync(exitCode, stopping.IsCancellationRequested).ConfigureAwait(false);
        }
    }

    private async Task OnExitAsync(int exitCode, bool wanted)
    {
        if (!wanted)
        {
            LogEnded(logger, resource.Name, exitCode);
        }

        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            State = resource is ContainerResource ? KnownResourceStates.Exited : KnownResourceStates.Finished,
            ExitCode = exitCode,
            StopTimeStamp = DateTime.UtcNow,
            HealthReports = [],
            ResourceReadyEvent = null,
        }).ConfigureAwait(false);
        if (notifications.TryGetCurrentState(resource.Name, out var state))
        {
            await eventing.PublishAsync(new ResourceStoppedEvent(resource, services, state!)).ConfigureAwait(false);
        }
    }

    private Task SetStateAsync(string state) => notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = state });

    private void OnLine(string line, bool isError)
    {
        if (isError)
        {
            LogErrorLine(logger, line);
        }
        else
        {
            LogLine(logger, line);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Line}")]
    private static partial void LogLine(ILogger logger, string line);

    [LoggerMessage(2, LogLevel.Error, "{Line}")]
    private static partial void LogErrorLine(ILogger logger, string line);

    [LoggerMessage(3, LogLevel.Error, "The resource '{Resource}' failed to start: {Reason}")]
    private static partial void LogFailed(ILogger logger, string resource, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The resource '{Resource}' ended by itself with exit code {ExitCode}.")]
    private static partial void LogEnded(ILogger logger, string resource, int exitCode);
}
