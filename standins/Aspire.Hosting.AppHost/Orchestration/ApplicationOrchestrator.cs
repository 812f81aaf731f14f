using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Orchestration;

/// <summary>Starts all resources of the model, each when what it waits for is there, and stops them in the reverse order.</summary>
internal sealed class ApplicationOrchestrator(
    AppHostInfo appHost,
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext execution,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    HealthMonitor health,
    IConfiguration configuration,
    IServiceProvider services) : IAsyncDisposable
{
    private readonly Dictionary<IResource, ResourceRunner> _runners = [];

    /// <summary>Returns when every resource has its endpoints and is on its way; it does not wait for any to be healthy.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        RequireHealthChecks();
        await ResolveParametersAsync(cancellationToken).ConfigureAwait(false);

        var randomize = configuration.GetValue<bool>("DcpPublisher:RandomizePorts");
        foreach (var resource in model.Resources.OfType<IResourceWithEndpoints>())
        {
            PortAllocator.Allocate(resource, randomize);
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken).ConfigureAwait(false);
        }

        var planner = new ProcessPlanner(appHost, execution);
        foreach (var resource in model.Resources.Where(resource => resource is not ParameterResource))
        {
            var logger = loggers.GetLogger(resource);
            _runners.Add(resource, new ResourceRunner(resource, notifications, eventing, health, planner, services, logger));
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.NotStarted, CreationTimeStamp = DateTime.UtcNow }).ConfigureAwait(false);
        }

        foreach (var runner in _runners.Values.Where(runner => !runner.Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any()))
        {
            runner.Start();
        }

        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops whatever depends on a resource before the resource itself.</summary>
    public Task StopAsync()
    {
        var stops = new Dictionary<IResource, Task>();
        return Task.WhenAll(_runners.Keys.ToArray().Select(Stop));

        Task Stop(IResource resource)
        {
            if (!stops.TryGetValue(resource, out var stop))
            {
                // The entry is made first, so that resources which refer to each other do not wait for each other.
                stops[resource] = Task.CompletedTask;
                stop = StopAfterAsync([.. Dependants(resource).Select(Stop)], _runners[resource]);
                stops[resource] = stop;
            }

            return stop;
        }
    }

    /// <summary>An application that is disposed without having been stopped leaves nothing running either.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        foreach (var runner in _runners.Values)
        {
            runner.Dispose();
        }
    }

    public void StartResource(IResource resource) => _runners[resource].Start();

    public Task StopResourceAsync(IResource resource, CancellationToken cancellationToken) => _runners[resource].StopAsync().WaitAsync(cancellationToken);

    private static async Task StopAfterAsync(Task[] dependants, ResourceRunner runner)
    {
        await Task.WhenAll(dependants).ConfigureAwait(false);
        await runner.StopAsync().ConfigureAwait(false);
    }

    private IEnumerable<IResource> Dependants(IResource resource) => _runners.Keys.Where(candidate =>
        candidate.Annotations.OfType<WaitAnnotation>().Any(wait => ReferenceEquals(wait.Resource, resource))
        || candidate.Annotations.OfType<ResourceRelationshipAnnotation>().Any(relation => ReferenceEquals(relation.Resource, resource)));

    private void RequireHealthChecks()
    {
        var registered = services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(registration => registration.Name).ToHashSet();
        var missing = model.Resources.SelectMany(HealthMonitor.Keys).Where(key => !registered.Contains(key)).Distinct().ToArray();
        if (missing.Length > 0)
        {
            throw new OptionsValidationException(nameof(HealthCheckServiceOptions), typeof(HealthCheckServiceOptions), missing.Select(key => $"The health check '{key}' is not registered."));
        }
    }

    private async Task ResolveParametersAsync(CancellationToken cancellationToken)
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
        {
            await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
            await notifications.PublishUpdateAsync(parameter, snapshot => snapshot with { State = KnownResourceStates.Running, ResourceReadyEvent = new EventSnapshot(Task.CompletedTask) }).ConfigureAwait(false);
        }
    }
}
