using System.Diagnostics;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>The builder behind <see cref="DistributedApplication.CreateBuilder(string[])"/>.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    /// <summary>Through this listener Aspire.Hosting.Testing takes hold of an AppHost's builder.</summary>
    private static readonly DiagnosticListener Diagnostics = new("Aspire.Hosting");

    private readonly HostApplicationBuilder _inner;

    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new HostApplicationBuilderSettings { Args = options.Args };
        Tell("DistributedApplicationBuilderConstructing", (options, settings));

        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? AssemblyMetadata("apphostprojectpath") ?? Directory.GetCurrentDirectory();
        AppHostPath = Path.Combine(AppHostDirectory, AssemblyMetadata("apphostprojectname") ?? AppHostAssembly?.GetName().Name ?? string.Empty);
        settings.ApplicationName ??= AppHostAssembly?.GetName().Name;
        settings.ContentRootPath = Directory.Exists(AppHostDirectory) ? AppHostDirectory : settings.ContentRootPath;
        _inner = new HostApplicationBuilder(settings);

        ExecutionContext = new DistributedApplicationExecutionContext(IsPublish() ? DistributedApplicationOperation.Publish : DistributedApplicationOperation.Run)
        {
            PublisherName = Configuration["publisher"] ?? Configuration["Publishing:Publisher"] ?? string.Empty,
        };
        AddServices(options);
        Tell("DistributedApplicationBuilderConstructed", this);
    }

    public Assembly? AppHostAssembly { get; }

    public string AppHostDirectory { get; }

    public string AppHostPath { get; }

    public ConfigurationManager Configuration => _inner.Configuration;

    public IHostEnvironment Environment => _inner.Environment;

    public IServiceCollection Services => _inner.Services;

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <exception cref="DistributedApplicationException">There is a resource of that name, compared without case.</exception>
    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (Resources.TryGetByName(resource.Name, out var existing))
        {
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{resource.GetType()}' with name '{resource.Name}' because resource of type '{existing.GetType()}' with that name already exists. Resource names are case-insensitive.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new DistributedApplicationResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build()
    {
        Tell("DistributedApplicationBuilding", this);
        var application = new DistributedApplication(_inner.Build());
        ExecutionContext.Services = application.Services;
        Tell("DistributedApplicationBuilt", application);
        return application;
    }

    private static void Tell(string @event, object value)
    {
        if (Diagnostics.IsEnabled() && Diagnostics.IsEnabled(@event))
        {
            Diagnostics.Write(@event, value);
        }
    }

    private string? AssemblyMetadata(string key) => AppHostAssembly?
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => string.Equals(attribute.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;

    private bool IsPublish() =>
        string.Equals(Configuration["operation"], "publish", StringComparison.OrdinalIgnoreCase) || Configuration["publisher"] is { Length: > 0 };

    private void AddServices(DistributedApplicationOptions options)
    {
        var services = Services;
        services.AddSingleton<IDistributedApplicationEventing>(Eventing);
        services.AddSingleton(ExecutionContext);
        services.AddSingleton(options);
        services.AddSingleton(_ => new DistributedApplicationModel(Resources));
        services.AddSingleton(provider => new ResourceNotificationService(
            provider.GetRequiredService<IHostApplicationLifetime>(),
            WaitBehavior.StopOnResourceUnavailable));
        services.AddSingleton(provider => new ResourceLoggerService(
            provider.GetRequiredService<ILoggerFactory>(),
            AppHostAssembly?.GetName().Name ?? "AppHost"));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ApplicationOrchestrator>(provider, new AppHostInfo(AppHostAssembly, AppHostDirectory)));
        services.AddSingleton(provider => new ResourceCommandService(provider));
        services.AddSingleton<HealthMonitor>();
        services.AddHealthChecks();
        services.AddHttpClient();
        if (ExecutionContext.IsPublishMode)
        {
            services.AddHostedService<ManifestPublisher>();
        }
        else
        {
            services.AddHostedService<OrchestratorHost>();
            services.AddHostedService<OrphanDetector>();
        }

        // A check that fails while its resource starts is the normal case, and HealthMonitor says when it is not.
        _inner.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        _inner.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        _inner.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
    }
}

/// <summary>Which AppHost runs, and where its project is.</summary>
internal sealed record AppHostInfo(Assembly? Assembly, string Directory);
