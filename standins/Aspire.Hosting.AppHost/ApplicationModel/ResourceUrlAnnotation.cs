namespace Aspire.Hosting.ApplicationModel;

public enum UrlDisplayLocation
{
    SummaryAndDetails,
    DetailsOnly,
}

/// <summary>An address that is shown for a resource.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    public int? DisplayOrder;

    public required string Url { get; set; }

    public string? DisplayText { get; set; }

    public EndpointReference? Endpoint { get; init; }

    public UrlDisplayLocation DisplayLocation { get; set; }
}

public class ResourceUrlsCallbackContext(DistributedApplicationExecutionContext executionContext, IResource resource, List<ResourceUrlAnnotation>? urls = null, CancellationToken cancellationToken = default)
{
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    public IResource Resource { get; } = resource;

    public List<ResourceUrlAnnotation> Urls { get; } = urls ?? [];

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public EndpointReference? GetEndpoint(string name) => Resource is IResourceWithEndpoints owner
        ? Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.Name == name).Select(endpoint => new EndpointReference(owner, endpoint)).FirstOrDefault()
        : null;
}

public sealed class ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> callback) : IResourceAnnotation
{
    public Func<ResourceUrlsCallbackContext, Task> Callback { get; } = callback;
}
