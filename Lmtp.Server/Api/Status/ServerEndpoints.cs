using System.Runtime.InteropServices;
using Lmtp.Contracts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lmtp.Server.Api.Status;

/// <summary><c>/api/v1/server</c>.</summary>
internal static class ServerEndpoints
{
    public static void MapStats(this RouteGroupBuilder lmtp) =>
        lmtp.MapGet("/stats", static (LmtpStatistics statistics) => TypedResults.Ok(statistics.Read())).WithTags("Server")
            .WithName("GetStats").WithSummary("Counts sessions, messages, recipients and bytes since the start and in the last minute.");

    public static void MapServer(this RouteGroupBuilder api) =>
        api.MapGet("/server", Get).WithTags("Server")
            .WithName("GetServer").WithSummary("Tells version, runtime and the addresses at which the server listens.");

    private static Ok<ServerResponse> Get(ServerStatus status, IServer server) => TypedResults.Ok(new ServerResponse
    {
        Version = status.Version,
        Runtime = RuntimeInformation.FrameworkDescription,
        OperatingSystem = RuntimeInformation.OSDescription,
        Host = Environment.MachineName,
        Started = status.Started,
        Listeners = [.. (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Select(ToListener)],
    });

    private static ListenerResponse ToListener(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0
            ? new ListenerResponse("http", address)
            : new ListenerResponse(address[..scheme], address[(scheme + 3)..]);
    }
}
