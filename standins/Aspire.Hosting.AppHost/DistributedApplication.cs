using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>An application of several resources, ready to be started.</summary>
public partial class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;

    public DistributedApplication(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _host = host;
    }

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var context = Services.GetRequiredService<DistributedApplicationExecutionContext>();
        var eventing = Services.GetRequiredService<IDistributedApplicationEventing>();
        var logger = Services.GetRequiredService<ILogger<DistributedApplication>>();
        if (context.IsRunMode)
        {
            LogStarting(logger);
            LogDirectory(logger, Services.GetRequiredService<IHostEnvironment>().ContentRootPath);
        }

        foreach (var subscriber in Services.GetServices<IDistributedApplicationEventingSubscriber>())
        {
            await subscriber.SubscribeAsync(eventing, context, cancellationToken).ConfigureAwait(false);
        }

        await eventing.PublishAsync(new BeforeStartEvent(Services, Services.GetRequiredService<DistributedApplicationModel>()), cancellationToken).ConfigureAwait(false);
        await _host.StartAsync(cancellationToken).ConfigureAwait(false);
        if (context.IsRunMode)
        {
            LogNoDashboard(logger);
            LogStarted(logger);
        }
    }

    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
            await _host.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Run() => RunAsync().GetAwaiter().GetResult();

    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable asyncDisposable)
        {
            await asyncDisposable.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            _host.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    [LoggerMessage(1, LogLevel.Information, "Distributed application starting.")]
    private static partial void LogStarting(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "Application host directory is: {Directory}")]
    private static partial void LogDirectory(ILogger logger, string directory);

    [LoggerMessage(3, LogLevel.Information, "Built from stand-ins of the Aspire packages, which have no dashboard and no endpoint proxy.")]
    private static partial void LogNoDashboard(ILogger logger);

    [LoggerMessage(4, LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
    private static partial void LogStarted(ILogger logger);
}
