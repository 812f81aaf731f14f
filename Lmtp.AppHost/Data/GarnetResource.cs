namespace Lmtp.AppHost.Data;

/// <summary>Garnet, Microsoft's Redis-compatible server, run as the .NET tool of the repository's manifest.</summary>
internal sealed class GarnetResource(string name, string workingDirectory)
    : ExecutableResource(name, "dotnet", workingDirectory), IResourceWithConnectionString
{
    /// <summary>Where clients connect.</summary>
    public EndpointReference PrimaryEndpoint => new(this, "tcp");

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");
}
