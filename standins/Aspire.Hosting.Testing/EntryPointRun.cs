using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>One run of an AppHost's entry point, on a thread of its own, held at the moment when it builds the application.</summary>
internal sealed class EntryPointRun(
    Assembly assembly,
    string[] args,
    Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly TaskCompletionSource<DistributedApplicationBuilder> _building = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DistributedApplicationBuilder? _builder;

    /// <summary>Returns the finished builder, when the entry point is about to build it.</summary>
    public Task<DistributedApplicationBuilder> StartAsync(CancellationToken cancellationToken)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = $"{assembly.GetName().Name} entry point" };
        thread.Start();
        return _building.Task.WaitAsync(Limit, cancellationToken);
    }

    /// <summary>Lets the entry point build the application; its own Run is then abandoned.</summary>
    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _mayBuild.TrySetResult();
        return _built.Task.WaitAsync(Limit, cancellationToken);
    }

    /// <summary>Ends an entry point whose application nobody wants any more.</summary>
    public void Abandon() => _mayBuild.TrySetException(new EntryPointAbandonedException());

    private void Run()
    {
        try
        {
            BuilderInterception.Run(
                (options, settings) =>
                {
                    options.AssemblyName = assembly.GetName().Name;
                    TestDefaults.Apply(options, settings, args, configure);
                },
                builder => _builder = builder,
                HoldBuild,
                OnBuilt,
                Invoke);
            Fail(new InvalidOperationException("The entry point ended without building an application."));
        }
        catch (TargetInvocationException error) when (error.InnerException is EntryPointAbandonedException)
        {
            // The application, if there is one, belongs to the test now.
        }
        catch (TargetInvocationException error)
        {
            Fail(error.InnerException ?? error);
        }
        catch (InvalidOperationException error)
        {
            Fail(error);
        }
    }

    private void Invoke()
    {
        var entryPoint = assembly.EntryPoint ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no entry point.");
        object?[] parameters = entryPoint.GetParameters().Length == 0 ? [] : [args];
        entryPoint.Invoke(null, parameters);
    }

    private void HoldBuild()
    {
        _building.TrySetResult(_builder!);
        _mayBuild.Task.GetAwaiter().GetResult();
    }

    private void OnBuilt(DistributedApplication application)
    {
        _built.TrySetResult(application);
        throw new EntryPointAbandonedException();
    }

    private void Fail(Exception error)
    {
        _building.TrySetException(error);
        _built.TrySetException(error);
    }
}

/// <summary>Unwinds the thread of an entry point that is no longer needed.</summary>
internal sealed class EntryPointAbandonedException : Exception;
