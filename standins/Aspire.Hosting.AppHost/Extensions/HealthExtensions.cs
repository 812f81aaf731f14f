using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Health checks of resources.</summary>
public static partial class ResourceBuilderExtensions
{
    private const int StatusOk = 200;

    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(annotation => annotation.Key == key))
        {
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.");
        }

        return builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, [EndpointName] string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithHttpHealthCheck(() => HttpEndpoint(builder.Resource, endpointName), path, statusCode);
    }

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = endpointSelector?.Invoke() ?? HttpEndpoint(builder.Resource, null);
        var relative = path ?? "/";
        var expected = statusCode ?? StatusOk;
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{relative}_{expected}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => new HttpEndpointHealthCheck(services.GetRequiredService<IHttpClientFactory>(), endpoint, relative, expected),
            HealthStatus.Unhealthy,
            tags: null));
        return builder.WithHealthCheck(key);
    }

    private static EndpointReference HttpEndpoint(IResourceWithEndpoints resource, string? name)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToArray();
        var endpoint = name is null
            ? endpoints.FirstOrDefault(candidate => candidate.UriScheme == "http") ?? endpoints.FirstOrDefault(candidate => candidate.UriScheme == "https")
            : Endpoint(resource, name);
        if (endpoint is null || endpoint.UriScheme is not ("http" or "https"))
        {
            throw new DistributedApplicationException($"Could not create HTTP health check for resource '{resource.Name}' as no endpoint was found matching one of the specified names: {name ?? "http, https"}");
        }

        return new EndpointReference(resource, endpoint);
    }
}
