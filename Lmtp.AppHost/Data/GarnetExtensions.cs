using Microsoft.Extensions.DependencyInjection;

namespace Lmtp.AppHost.Data;

/// <summary>Garnet as a resource.</summary>
internal static class GarnetExtensions
{
    /// <summary>Memory for keys and values; rate limits and counters need little.</summary>
    private const string Memory = "256m";

    /// <summary>Adds Garnet with scripting on, and with an append-only file that the next start recovers from.</summary>
    public static IResourceBuilder<GarnetResource> AddGarnet(this IDistributedApplicationBuilder builder, string name, int? port, string directory)
    {
        var garnet = builder.AddResource(new GarnetResource(name, builder.AppHostDirectory))
            .WithEndpoint(port: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithEndpoint("tcp", endpoint => endpoint.TargetHost = "127.0.0.1")
            .ExcludeFromManifest();
        var check = $"{name}_ping";
        builder.Services.AddHealthChecks().AddCheck(check, new ProtocolHealthCheck(garnet.Resource.PrimaryEndpoint, ProtocolProbe.Redis));
        return garnet
            .WithArgs(context =>
            {
                var target = garnet.Resource.PrimaryEndpoint.Property(EndpointProperty.TargetPort);
                object[] arguments =
                [
                    "tool", "run", "garnet-server", "--", "-q", "--bind", "127.0.0.1", "--port", target, "--lua", "--lua-transaction-mode",
                    "--memory", Memory, "--index", "16m",
                    "--aof", "--aof-memory", "64m", "--aof-commit-freq", "100", "--recover", "--checkpointdir", directory,

                    // The native device that is the default on Linux needs libaio, which a bare machine lacks.
                    "--device-type", "RandomAccess",
                ];
                foreach (var argument in arguments)
                {
                    context.Args.Add(argument);
                }
            })
            .WithHealthCheck(check);
    }
}
