using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

public interface IDistributedApplicationEvent;

public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
{
    IResource Resource { get; }
}

public enum EventDispatchBehavior
{
    BlockingSequential,
    BlockingConcurrent,
    NonBlockingSequential,
    NonBlockingConcurrent,
}

public class DistributedApplicationEventSubscription(Func<IDistributedApplicationEvent, CancellationToken, Task> callback)
{
    public Func<IDistributedApplicationEvent, CancellationToken, Task> Callback { get; } = callback;
}

/// <summary>Subscriptions to what happens to the application and its resources.</summary>
public interface IDistributedApplicationEventing
{
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent;

    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;

    void Unsubscribe(DistributedApplicationEventSubscription subscription);

    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;

    Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;
}

public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly List<(Type Event, DistributedApplicationEventSubscription Subscription)> _subscriptions = [];
    private readonly Lock _lock = new();

    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent => Add(typeof(T), (@event, cancellationToken) => callback((T)@event, cancellationToken));

    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent => Add(
            typeof(T),
            (@event, cancellationToken) => ReferenceEquals(((T)@event).Resource, resource) ? callback((T)@event, cancellationToken) : Task.CompletedTask);

    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.RemoveAll(entry => entry.Subscription == subscription);
        }
    }

    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent => PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    public async Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        Func<IDistributedApplicationEvent, CancellationToken, Task>[] callbacks;
        lock (_lock)
        {
            callbacks = [.. _subscriptions.Where(entry => entry.Event == typeof(T)).Select(entry => entry.Subscription.Callback)];
        }

        if (dispatchBehavior is EventDispatchBehavior.BlockingConcurrent or EventDispatchBehavior.NonBlockingConcurrent)
        {
            await Task.WhenAll(callbacks.Select(callback => callback(@event, cancellationToken))).ConfigureAwait(false);
            return;
        }

        foreach (var callback in callbacks)
        {
            await callback(@event, cancellationToken).ConfigureAwait(false);
        }
    }

    private DistributedApplicationEventSubscription Add(Type @event, Func<IDistributedApplicationEvent, CancellationToken, Task> callback)
    {
        var subscription = new DistributedApplicationEventSubscription(callback);
        lock (_lock)
        {
            _subscriptions.Add((@event, subscription));
        }

        return subscription;
    }
}
