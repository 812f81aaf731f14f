using Microsoft.Extensions.DependencyInjection;

namespace Lmtp.AppHost.Data;

/// <summary>Lmtp.EmbeddedMongo as a resource.</summary>
internal static class EmbeddedMongoExtensions
{
    /// <summary>Adds the embedded database with an endpoint named <c>mongo</c>.</summary>
    public static IResourceBuilder<ProjectResource> AddEmbeddedMongo(this IDistributedApplicationBuilder builder, string name, int? port, string directory)
    {
        var mongo = builder.AddProject<Projects.Lmtp_EmbeddedMongo>(name)
            .WithEndpoint(port: port, scheme: "tcp", name: "mongo", env: "EMBEDDEDMONGO_PORT", isProxied: false)
            .WithEndpoint("mongo", endpoint => endpoint.TargetHost = "127.0.0.1")
            .WithEnvironment("EMBEDDEDMONGO_DATA", directory)
            .WithSingleLineLogs()
            .ExcludeFromManifest();
        var endpoint = mongo.GetEndpoint("mongo");
        var check = $"{name}_hello";
        builder.Services.AddHealthChecks().AddCheck(check, new ProtocolHealthCheck(endpoint, ProtocolProbe.Mongo));
        return mongo.WithHealthCheck(check);
    }
}
