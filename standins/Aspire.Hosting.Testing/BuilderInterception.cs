using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Listens to the making of builders, in the flow of one call only, so that several applications may be made at once.</summary>
internal sealed class BuilderInterception : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly AsyncLocal<BuilderInterception?> Current = new();

    private readonly List<IDisposable> _subscriptions = [];

    private BuilderInterception()
    {
    }

    public Action<DistributedApplicationOptions, HostApplicationBuilderSettings> OnConstructing { get; init; } = (_, _) => { };

    public Action<DistributedApplicationBuilder> OnConstructed { get; init; } = _ => { };

    public Action OnBuilding { get; init; } = () => { };

    public Action<DistributedApplication> OnBuilt { get; init; } = _ => { };

    /// <summary>Runs an action whose builders are intercepted.</summary>
    public static void Run(
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> onConstructing,
        Action<DistributedApplicationBuilder> onConstructed,
        Action onBuilding,
        Action<DistributedApplication> onBuilt,
        Action action)
    {
        using var interception = new BuilderInterception { OnConstructing = onConstructing, OnConstructed = onConstructed, OnBuilding = onBuilding, OnBuilt = onBuilt };
        interception.Listen();
        action();
    }

    /// <summary>Makes one builder whose options are intercepted.</summary>
    public static DistributedApplicationBuilder With(
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> onConstructing,
        Func<DistributedApplicationBuilder> create)
    {
        using var interception = new BuilderInterception { OnConstructing = onConstructing };
        interception.Listen();
        return create();
    }

    public void OnNext(DiagnosticListener value)
    {
        // The listener may come to be in the flow of another call; whose events they are is seen when they come.
        if (value.Name == "Aspire.Hosting")
        {
            lock (_subscriptions)
            {
                _subscriptions.Add(value.Subscribe(this));
            }
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Current.Value != this)
        {
            return;
        }

        switch (value.Key)
        {
            case "DistributedApplicationBuilderConstructing":
                var (options, settings) = ((DistributedApplicationOptions, HostApplicationBuilderSettings))value.Value!;
                OnConstructing(options, settings);
                break;
            case "DistributedApplicationBuilderConstructed":
                OnConstructed((DistributedApplicationBuilder)value.Value!);
                break;
            case "DistributedApplicationBuilding":
                OnBuilding();
                break;
            case "DistributedApplicationBuilt":
                OnBuilt((DistributedApplication)value.Value!);
                break;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        Current.Value = null;
        IDisposable[] subscriptions;
        lock (_subscriptions)
        {
            subscriptions = [.. _subscriptions];
        }

        foreach (var subscription in subscriptions)
        {
            subscription.Dispose();
        }
    }

    private void Listen()
    {
        Current.Value = this;
        var all = DiagnosticListener.AllListeners.Subscribe(this);
        lock (_subscriptions)
        {
            _subscriptions.Add(all);
        }
    }
}
