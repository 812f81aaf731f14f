using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

public enum EndpointProperty
{
    Url,
    Host,
    IPV4Host,
    Port,
    Scheme,
    TargetPort,
    HostAndPort,
    TlsEnabled,
}

/// <summary>An endpoint of a resource, by name; it may be made before the endpoint exists.</summary>
public sealed class EndpointReference : IExpressionValue, IValueWithReferences
{
    private EndpointAnnotation? _endpoint;

    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(endpointName);
        Resource = owner;
        EndpointName = endpointName;
    }

    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint)
        : this(owner, endpoint.Name) => _endpoint = endpoint;

    public IResourceWithEndpoints Resource { get; }

    public string EndpointName { get; }

    public EndpointAnnotation EndpointAnnotation =>
        Find() ?? throw new InvalidOperationException(ErrorMessage ?? $"The endpoint '{EndpointName}' was not found on resource '{Resource.Name}'.");

    public string? ErrorMessage { get; init; }

    public bool Exists => Find() is not null;

    public bool IsAllocated => Find()?.AllocatedEndpoint is not null;

    public bool IsHttp => EndpointAnnotation.UriScheme == "http";

    public bool IsHttps => EndpointAnnotation.UriScheme == "https";

    public bool IsHttpSchemeNamedEndpoint => EndpointName is "http" or "https";

    public bool TlsEnabled => EndpointAnnotation.TlsEnabled;

    public bool ExcludeReferenceEndpoint => EndpointAnnotation.ExcludeReferenceEndpoint;

    public string Host => Allocated.Address;

    public int Port => Allocated.Port;

    public int? TargetPort => EndpointAnnotation.TargetPort;

    public string Scheme => EndpointAnnotation.UriScheme;

    public string Url => Allocated.UriString;

    string IManifestExpressionProvider.ValueExpression => $"{{{Resource.Name}.bindings.{EndpointName}.url}}";

    IEnumerable<object> IValueWithReferences.References => [Resource];

    private AllocatedEndpoint Allocated =>
        EndpointAnnotation.AllocatedEndpoint ?? throw new InvalidOperationException($"The endpoint '{EndpointName}' is not allocated for the resource '{Resource.Name}'.");

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        Property(EndpointProperty.Url).GetValueAsync(cancellationToken);

    private EndpointAnnotation? Find() => _endpoint ??= Resource.Annotations
        .OfType<EndpointAnnotation>()
        .SingleOrDefault(endpoint => string.Equals(endpoint.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One property of an endpoint, as a value.</summary>
public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property) : IExpressionValue, IValueWithReferences
{
    public EndpointReference Endpoint { get; } = endpointReference;

    public EndpointProperty Property { get; } = property;

    public string ValueExpression => $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{ManifestName}}}";

    IEnumerable<object> IValueWithReferences.References => [Endpoint];

    private string ManifestName => Property switch
    {
        EndpointProperty.IPV4Host => "host",
        EndpointProperty.TargetPort => "targetPort",
        EndpointProperty.HostAndPort => $"host}}:{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.port",
        EndpointProperty.TlsEnabled => "tlsEnabled",
        _ => Property.ToString().ToLowerInvariant(),
    };

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var endpoint = Endpoint.EndpointAnnotation;
        if (Property is EndpointProperty.Scheme)
        {
            return endpoint.UriScheme;
        }

        if (Property is EndpointProperty.TlsEnabled)
        {
            return endpoint.TlsEnabled ? bool.TrueString : bool.FalseString;
        }

        var allocated = await endpoint.WaitForAllocationAsync(cancellationToken).ConfigureAwait(false);
        return Property switch
        {
            EndpointProperty.Url => allocated.UriString,
            EndpointProperty.Host => allocated.Address,
            EndpointProperty.IPV4Host => "127.0.0.1",
            EndpointProperty.Port => allocated.Port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.TargetPort => allocated.TargetPortExpression ?? allocated.Port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.HostAndPort => allocated.EndPointString,
            _ => throw new InvalidOperationException($"The property '{Property}' is not known."),
        };
    }
}
