using System.Runtime.InteropServices;
using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Protocol;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lmtp.Server.Api.Status;

/// <summary><c>/api/v1/server</c>.</summary>
internal static class ServerEndpoints
{
    public static void MapStats(this RouteGroupBuilder lmtp) =>
        lmtp.MapGet("/stats", static (LmtpStatistics statistics) => TypedResults.Ok(statistics.Read())).WithTags("Server")
            .WithName("GetStats").WithSummary("Counts connections, sessions, messages, recipients and bytes since the start and in the last minute.");

    public static void MapServer(this RouteGroupBuilder api)
    {
        var server = api.MapGroup("/server").WithTags("Server");
        server.MapGet("/", Get)
            .WithName("GetServer").WithSummary("Tells version, runtime and the addresses at which the server listens.");
        server.MapGet("/health", HealthAsync)
            .WithName("GetServerHealth").WithSummary("Tells how the server is and what it needs: database, Redis, listeners.");
        server.MapGet("/connections", static (ILmtpServerState lmtp) =>
                TypedResults.Ok<IReadOnlyList<ConnectionResponse>>([.. lmtp.Connections.Select(ToResponse)]))
            .WithName("ListConnections").WithSummary("Lists the LMTP connections that are open at this server, the oldest first.");
        server.MapDelete("/connections/{connection}", Close).RequireAuthorization(ApiScopes.Admin)
            .WithName("CloseConnection").WithSummary("Ends an LMTP connection: what has begun is finished, then the client is answered 421.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        server.MapGet("/configuration", static (EffectiveConfiguration configuration) => TypedResults.Ok(configuration.Read()))
            .RequireAuthorization(ApiScopes.Admin)
            .WithName("GetConfiguration").WithSummary("Shows the settings in force by their sections, defaults included, secrets masked.");
    }

    private static Ok<ServerResponse> Get(ServerStatus status, ILmtpServerState lmtp, IServer server) => TypedResults.Ok(new ServerResponse
    {
        Version = status.Version,
        Runtime = RuntimeInformation.FrameworkDescription,
        OperatingSystem = RuntimeInformation.OSDescription,
        Host = Environment.MachineName,
        Started = status.Started,
        Listeners = [.. lmtp.Listeners.Select(ToListener), .. HttpListeners(lmtp, server)],
    });

    private static async Task<Ok<ServerHealthResponse>> HealthAsync(HealthCheckService health, CancellationToken cancellationToken)
    {
        var report = await health.CheckHealthAsync(cancellationToken);
        return TypedResults.Ok(new ServerHealthResponse(
            NameOf(report.Status),
            [
                .. report.Entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => new HealthCheckResponse(
                    entry.Key, NameOf(entry.Value.Status), entry.Value.Description, entry.Value.Duration.TotalMilliseconds)),
            ]));
    }

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };

    private static Results<NoContent, ProblemHttpResult> Close(string connection, ILmtpServerState lmtp, AuditTrail audit)
    {
        var found = lmtp.Connections.FirstOrDefault(state => state.Id == connection);
        if (found is null || !lmtp.Close(connection))
        {
            return ApiProblem.NotFound("connection");
        }

        audit.Before(ToResponse(found));
        return TypedResults.NoContent();
    }

    /// <summary>Kestrel lists what it listens at as HTTP, LMTP too.</summary>
    private static IEnumerable<ListenerResponse> HttpListeners(ILmtpServerState lmtp, IServer server)
    {
        var others = lmtp.Listeners.Select(static listener => listener.Address).ToHashSet(StringComparer.Ordinal);
        return (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
            .Select(static address => address.Split("://", 2))
            .Where(static parts => parts.Length == 2)
            .Where(parts => !others.Contains(parts[1]) && !others.Contains(parts[1].Replace("unix:", string.Empty, StringComparison.Ordinal)))
            .Select(static parts => new ListenerResponse(parts[0], parts[1]));
    }

    private static ListenerResponse ToListener(LmtpListenerState listener) => new("lmtp", listener.Address)
    {
        Name = listener.Name,
        Tls = listener.Tls,
        OpenConnections = listener.OpenConnections,
        Certificate = listener.Certificate is { } certificate
            ? new CertificateResponse(certificate.Subject, certificate.Issuer, certificate.Names, certificate.ValidFrom, certificate.ValidTo)
            : null,
    };

    private static ConnectionResponse ToResponse(LmtpConnectionState connection) =>
        new(connection.Id, connection.Listener, connection.Client, connection.Since);
}
