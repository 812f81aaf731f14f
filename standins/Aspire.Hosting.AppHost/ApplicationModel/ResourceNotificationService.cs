using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps the newest snapshot of each resource, and tells whoever watches of every change.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<ResourceEvent>> _watchers = [];
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly IHostApplicationLifetime _lifetime;

    internal ResourceNotificationService(IHostApplicationLifetime hostApplicationLifetime, WaitBehavior defaultWaitBehavior)
    {
        _lifetime = hostApplicationLifetime;
        DefaultWaitBehavior = defaultWaitBehavior;
    }

    internal WaitBehavior DefaultWaitBehavior { get; }

    /// <summary>Waits until the resource has the state; null means Running.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var wanted = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = await WaitForResourceAsync(resourceName, change => change.Snapshot.State is { } state && wanted.Contains(state.Text), cancellationToken).ConfigureAwait(false);
        return reached.Snapshot.State!.Text;
    }

    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token, _lifetime.ApplicationStopping);
        await foreach (var change in WatchAsync(linked.Token).ConfigureAwait(false))
        {
            if (string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(change))
            {
                return change;
            }
        }

        throw new OperationCanceledException($"The application stopped before the resource '{resourceName}' reached the awaited state.");
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <exception cref="DistributedApplicationException">The resource ended, and the behaviour is not to wait for it to come back.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(
            resourceName,
            change => IsHealthy(change.Snapshot) || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsTerminal(change.Snapshot)),
            cancellationToken).ConfigureAwait(false);
        if (IsTerminal(reached.Snapshot))
        {
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it is in the state '{reached.Snapshot.State?.Text}'.");
        }

        await reached.Snapshot.ResourceReadyEvent!.EventTask.WaitAsync(cancellationToken).ConfigureAwait(false);
        return reached;
    }

    /// <summary>Waits for everything that the resource was told to wait for.</summary>
    public async Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().ToArray();
        if (waits.Length == 0)
        {
            return;
        }

        await PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.Waiting }).ConfigureAwait(false);
        await Task.WhenAll(waits.Select(wait => WaitForAsync(resource, wait, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>All current snapshots, then every change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (_lock)
        {
            _watchers.Add(channel);
            foreach (var change in _current.Values)
            {
                channel.Writer.TryWrite(change);
            }
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(channel);
            }
        }
    }

    public bool TryGetCurrentState(string resourceId, out ResourceEvent? resourceEvent) => _current.TryGetValue(resourceId, out resourceEvent);

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory) =>
        PublishUpdateAsync(resource, resource.Name, stateFactory);

    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_lock)
        {
            var previous = _current.TryGetValue(resourceId, out var current)
                ? current.Snapshot
                : new CustomResourceSnapshot { ResourceType = resource.GetType().Name.Replace("Resource", string.Empty, StringComparison.Ordinal), Properties = [] };
            var change = new ResourceEvent(resource, resourceId, stateFactory(previous));
            _current[resourceId] = change;
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(change);
            }
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
        GC.SuppressFinalize(this);
    }

    private static bool IsHealthy(CustomResourceSnapshot snapshot) =>
        snapshot.HealthStatus == HealthStatus.Healthy && snapshot.ResourceReadyEvent is not null;

    private static bool IsTerminal(CustomResourceSnapshot snapshot) =>
        snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text);

    private async Task WaitForAsync(IResource resource, WaitAnnotation wait, CancellationToken cancellationToken)
    {
        var behavior = wait.WaitBehavior ?? DefaultWaitBehavior;
        var reached = await WaitForResourceAsync(wait.Resource.Name, change => IsDecided(wait, behavior, change.Snapshot), cancellationToken).ConfigureAwait(false);
        var snapshot = reached.Snapshot;
        if (wait.WaitType == WaitType.WaitForCompletion)
        {
            if (snapshot.ExitCode is { } exitCode && exitCode != wait.ExitCode)
            {
                throw new DistributedApplicationException($"Resource '{wait.Resource.Name}' ended with exit code {exitCode}, but '{resource.Name}' waits for {wait.ExitCode}.");
            }

            return;
        }

        if (IsTerminal(snapshot))
        {
            throw new DistributedApplicationException($"Dependency '{wait.Resource.Name}' of '{resource.Name}' is in the state '{snapshot.State?.Text}'.");
        }

        if (wait.WaitType == WaitType.WaitUntilHealthy)
        {
            await snapshot.ResourceReadyEvent!.EventTask.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsDecided(WaitAnnotation wait, WaitBehavior behavior, CustomResourceSnapshot snapshot) => wait.WaitType switch
    {
        WaitType.WaitForCompletion => IsTerminal(snapshot),
        WaitType.WaitUntilStarted => snapshot.State?.Text == KnownResourceStates.Running || (behavior == WaitBehavior.StopOnResourceUnavailable && IsTerminal(snapshot)),
        _ => IsHealthy(snapshot) || (behavior == WaitBehavior.StopOnResourceUnavailable && IsTerminal(snapshot)),
    };
}
