using Lmtp.AppHost.Data;

namespace Lmtp.AppHost;

/// <summary>What the start's table says of each resource.</summary>
internal sealed class SummaryRows(IResourceBuilder<ProjectResource> lmtp, IResourceBuilder<ProjectResource> admin, MailData data, AppHostSettings settings)
{
    /// <summary>The resources of the table, in its order.</summary>
    public IReadOnlyList<IResource> Resources { get; } = [.. data.Servers.Select(server => server.Resource), lmtp.Resource, admin.Resource];

    /// <summary>Where the data is kept, in words.</summary>
    public string DataLocation => data.Source switch
    {
        DataSource.Embedded => $"data directory {settings.DataDirectory}",
        DataSource.Container => "data in the container volumes lmtp-mongo and lmtp-redis",
        _ => "data behind the connection strings maildb and redis",
    };

    /// <summary>The addresses of a resource, in words.</summary>
    public string Address(IResource resource)
    {
        if (ReferenceEquals(resource, lmtp.Resource))
        {
            return $"LMTP {HostAndPort(lmtp.GetEndpoint("lmtp"))}   API {lmtp.GetEndpoint("http").Url}";
        }

        if (ReferenceEquals(resource, admin.Resource))
        {
            return $"portal {admin.GetEndpoint("http").Url}";
        }

        var endpoint = resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault()?.AllocatedEndpoint;
        return endpoint is null ? string.Empty : endpoint.EndPointString;
    }

    private static string HostAndPort(EndpointReference endpoint) => $"{endpoint.Host}:{endpoint.Port}";
}
