using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

public static class RedisBuilderExtensions
{
    private const int ContainerPort = 6379;
    private const string Image = "library/redis";
    private const string Tag = "8.6";
    private const string Registry = "docker.io";

    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port) =>
        builder.AddRedis(name, port, null);

    /// <summary>Adds a Redis server; its password is generated unless one is given.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var redis = new RedisResource(
            name,
            password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));
        var check = $"{name}_check";
        builder.Services.AddHealthChecks().AddCheck(check, new RedisHealthCheck(redis));
        return builder.AddResource(redis)
            .WithEndpoint(port: port, targetPort: ContainerPort, scheme: "redis", name: RedisResource.PrimaryEndpointName)
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context =>
            {
                if (redis.PasswordParameter is { } parameter)
                {
                    context.EnvironmentVariables["REDIS_PASSWORD"] = parameter;
                }
            })
            .WithArgs(context =>
            {
                context.Args.Add("-c");
                context.Args.Add(Command(redis));
            })
            .WithHealthCheck(check);
    }

    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WithVolume(name ?? $"{builder.Resource.Name}-data", "/data", isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Turns saving on: after the interval (60 s by default), if so many keys have changed.</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new RedisPersistenceAnnotation(interval ?? TimeSpan.FromMinutes(1), keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);
    }

    public static IResourceBuilder<RedisResource> WithPassword(this IResourceBuilder<RedisResource> builder, IResourceBuilder<ParameterResource>? password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.SetPassword(password?.Resource);
        return builder;
    }

    /// <summary>The password stays a variable, so that no process list shows it.</summary>
    private static string Command(RedisResource redis)
    {
        var password = redis.PasswordParameter is null ? string.Empty : " --requirepass $REDIS_PASSWORD";
        var persistence = redis.Annotations.OfType<RedisPersistenceAnnotation>().LastOrDefault();
        var save = persistence is null
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $" --save {persistence.Interval.TotalSeconds} {persistence.KeysChangedThreshold}");
        return $"exec redis-server{password}{save}";
    }
}
