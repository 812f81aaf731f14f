using Aspire.MongoDB.Driver;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MongoDB.Driver;
using MongoDB.Driver.Core.Configuration;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers MongoDB clients with configuration, health checks and tracing.</summary>
public static class AspireMongoDBDriverExtensions
{
    private const string SectionName = "Aspire:MongoDB:Driver";
    private const string ActivitySourceName = "MongoDB.Driver.Core.Extensions.DiagnosticSources";

    /// <summary>
    /// Registers <see cref="IMongoClient"/>, and <see cref="IMongoDatabase"/> if the connection string names a database.
    /// Settings come from <c>Aspire:MongoDB:Driver</c>, then <c>Aspire:MongoDB:Driver:{connectionName}</c>, then
    /// <c>ConnectionStrings:{connectionName}</c>, then the delegates.
    /// </summary>
    public static void AddMongoDBClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<MongoDBSettings>? configureSettings = null,
        Action<MongoClientSettings>? configureClientSettings = null)
    {
        AddClient(builder, connectionName, null, configureSettings, configureClientSettings);
    }

    /// <summary>The same, with the registrations keyed by the name.</summary>
    public static void AddKeyedMongoDBClient(
        this IHostApplicationBuilder builder,
        string name,
        Action<MongoDBSettings>? configureSettings = null,
        Action<MongoClientSettings>? configureClientSettings = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        AddClient(builder, name, name, configureSettings, configureClientSettings);
    }

    private static void AddClient(
        IHostApplicationBuilder builder,
        string connectionName,
        string? serviceKey,
        Action<MongoDBSettings>? configureSettings,
        Action<MongoClientSettings>? configureClientSettings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var settings = ReadSettings(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(ActivitySourceName));
        }

        builder.Services.AddKeyedSingleton<IMongoClient>(serviceKey, (_, _) => CreateClient(settings, connectionName, configureClientSettings));
        var database = DatabaseName(settings.ConnectionString);
        if (database is not null)
        {
            builder.Services.AddKeyedSingleton(serviceKey, (services, _) => services.GetRequiredKeyedService<IMongoClient>(serviceKey).GetDatabase(database));
        }

        if (!settings.DisableHealthChecks)
        {
            AddHealthCheck(builder, settings, serviceKey, database);
        }
    }

    private static MongoDBSettings ReadSettings(IConfiguration configuration, string connectionName)
    {
        var settings = new MongoDBSettings();
        var section = configuration.GetSection(SectionName);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        if (configuration.GetConnectionString(connectionName) is { } connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        return settings;
    }

    private static MongoClient CreateClient(MongoDBSettings settings, string connectionName, Action<MongoClientSettings>? configureClientSettings)
    {
        if (string.IsNullOrEmpty(settings.ConnectionString))
        {
            throw new InvalidOperationException(
                $"ConnectionString is missing. It should be provided in 'ConnectionStrings:{connectionName}' or under the 'ConnectionString' key in '{SectionName}' or '{SectionName}:{connectionName}' configuration section.");
        }

        var clientSettings = MongoClientSettings.FromConnectionString(settings.ConnectionString);
        clientSettings.LibraryInfo ??= new LibraryInfo("aspire", typeof(AspireMongoDBDriverExtensions).Assembly.GetName().Version?.ToString());
        configureClientSettings?.Invoke(clientSettings);
        return new MongoClient(clientSettings);
    }

    private static string? DatabaseName(string? connectionString)
    {
        return string.IsNullOrEmpty(connectionString) ? null : MongoUrl.Create(connectionString).DatabaseName;
    }

    private static void AddHealthCheck(IHostApplicationBuilder builder, MongoDBSettings settings, string? serviceKey, string? database)
    {
        var name = serviceKey is null ? "MongoDB.Driver" : $"MongoDB.Driver_{serviceKey}";
        var timeout = settings.HealthCheckTimeout is > 0 ? TimeSpan.FromMilliseconds(settings.HealthCheckTimeout.Value) : (TimeSpan?)null;
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            name,
            services => new MongoDBHealthCheck(() => services.GetRequiredKeyedService<IMongoClient>(serviceKey), database),
            failureStatus: null,
            tags: null,
            timeout));
    }
}
