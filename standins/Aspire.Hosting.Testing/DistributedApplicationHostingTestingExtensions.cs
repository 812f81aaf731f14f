using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

/// <summary>How a test reaches the resources of a started application.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = app.GetEndpoint(resourceName, endpointName);
        return client;
    }

    public static ValueTask<string?> GetConnectionStringAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        Resource(app, resourceName) is IResourceWithConnectionString resource
            ? resource.GetConnectionStringAsync(cancellationToken)
            : throw new ArgumentException($"Resource '{resourceName}' does not expose a connection string.", nameof(resourceName));

    /// <summary>The address of an endpoint: the named one, else https, else http.</summary>
    /// <exception cref="InvalidOperationException">The application has not been started.</exception>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        if (Resource(app, resourceName) is not IResourceWithEndpoints resource)
        {
            throw new InvalidOperationException($"Resource '{resourceName}' has no endpoints.");
        }

        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToArray();
        string[] names = endpointName is null ? ["https", "http"] : [endpointName];
        var endpoint = names
            .Select(name => endpoints.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(candidate => candidate is not null)
            ?? throw new ArgumentException($"Endpoint '{endpointName ?? "https, http"}' for resource '{resourceName}' not found.", nameof(endpointName));
        return new Uri(new EndpointReference(resource, endpoint).Url);
    }

    private static IResource Resource(DistributedApplication app, string name)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(name, out var resource)
            ? resource
            : throw new ArgumentException($"Resource '{name}' not found.", nameof(name));
    }
}
