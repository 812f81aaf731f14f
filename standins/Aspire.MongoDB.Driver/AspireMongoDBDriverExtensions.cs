using Aspire.MongoDB.Driver;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MongoDB.Driver;

namespace Microsoft.Extensions.Hosting;

/// <summary>Mirrors <c>Microsoft.Extensions.Hosting.AspireMongoDBDriverExtensions</c>.</summary>
public static class AspireMongoDBDriverExtensions
{
    private const string ConfigurationSection = "Aspire:MongoDB:Driver";

    /// <summary>
    /// Registers <see cref="IMongoClient"/> and, when the connection string names a database, <see cref="IMongoDatabase"/>,
    /// as singletons that are made on first use. A missing connection string is an error then, not now.
    /// </summary>
    public static void AddMongoDBClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<MongoDBSettings>? configureSettings = null,
        Action<MongoClientSettings>? configureClientSettings = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = new MongoDBSettings();
        builder.Configuration.GetSection(ConfigurationSection).Bind(settings);
        builder.Configuration.GetSection($"{ConfigurationSection}:{connectionName}").Bind(settings);
        if (builder.Configuration.GetConnectionString(connectionName) is { } connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IMongoClient>(_ => Connect(connectionName, settings, configureClientSettings));
        if (!string.IsNullOrEmpty(settings.ConnectionString)
            && MongoUrl.Create(settings.ConnectionString).DatabaseName is { Length: > 0 } database)
        {
            builder.Services.AddSingleton(services => services.GetRequiredService<IMongoClient>().GetDatabase(database));
        }

        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                "MongoDB.Driver",
                services => new MongoHealthCheck(services),
                failureStatus: null,
                tags: null,
                timeout: settings.HealthCheckTimeout is { } timeout ? TimeSpan.FromMilliseconds(timeout) : null));
        }
    }

    private static MongoClient Connect(
        string connectionName, MongoDBSettings settings, Action<MongoClientSettings>? configureClientSettings)
    {
        if (string.IsNullOrEmpty(settings.ConnectionString))
        {
            throw new InvalidOperationException(
                $"ConnectionString is missing. It should be provided in 'ConnectionStrings:{connectionName}' or '{ConfigurationSection}:ConnectionString'.");
        }

        var clientSettings = MongoClientSettings.FromConnectionString(settings.ConnectionString);
        configureClientSettings?.Invoke(clientSettings);
        return new MongoClient(clientSettings);
    }
}
