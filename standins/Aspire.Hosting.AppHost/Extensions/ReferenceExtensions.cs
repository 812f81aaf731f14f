using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>References from one resource to another.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Hands over a connection string as <c>ConnectionStrings__name</c>, and its properties as <c>NAME_PROPERTY</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        return builder
            .WithReferenceRelationship(resource)
            .WithEnvironment(context =>
            {
                var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}";
                context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional);
                foreach (var (property, value) in resource.GetConnectionProperties())
                {
                    context.EnvironmentVariables[VariableName($"{name}_{property}").ToUpperInvariant()] = value;
                }
            });
    }

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        return WithEndpointVariables(builder, source.Resource, source.Resource.Name, null, upperCase: true);
    }

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source,
        string name)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        return WithEndpointVariables(builder, source.Resource, name, null, upperCase: false);
    }

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        return WithEndpointVariables(builder, endpointReference.Resource, endpointReference.Resource.Name, endpointReference.EndpointName, upperCase: true);
    }

    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri)
        {
            throw new InvalidOperationException("The uri for service reference must be absolute.");
        }

        return builder
            .WithEnvironment($"services__{name}__default__0", uri.ToString())
            .WithEnvironment(VariableName(name), uri.ToString());
    }

    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, "Reference"));

    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(parent, "Parent"));

    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(parent);
        return builder.WithParentRelationship(parent.Resource);
    }

    private static IResourceBuilder<TDestination> WithEndpointVariables<TDestination>(
        IResourceBuilder<TDestination> builder,
        IResourceWithEndpoints source,
        string name,
        string? endpointName,
        bool upperCase)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .WithReferenceRelationship(source)
            .WithEnvironment(context =>
            {
                var counts = new Dictionary<string, int>();
                foreach (var endpoint in source.Annotations.OfType<EndpointAnnotation>())
                {
                    if (endpointName is null ? endpoint.ExcludeReferenceEndpoint : !string.Equals(endpoint.Name, endpointName, StringComparison.OrdinalIgnoreCase))
                    {
                        continue;
                    }

                    var reference = new EndpointReference(source, endpoint);
                    var key = endpoint.Name;
                    var index = counts.GetValueOrDefault(key);
                    counts[key] = index + 1;
                    context.EnvironmentVariables[$"services__{name}__{key}__{index}"] = reference;
                    var variable = VariableName($"{name}_{endpoint.Name}");
                    context.EnvironmentVariables[upperCase ? variable.ToUpperInvariant() : variable] = reference;
                }
            });
    }

    private static string VariableName(string name) =>
        string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
}
