using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Lmtp.ServiceDefaults;

/// <summary>The two health endpoints and who may see them.</summary>
internal static class HealthEndpoints
{
    public const string HealthPath = "/health";
    public const string AlivePath = "/alive";
    public const string AllowRemoteKey = "HealthEndpoints:AllowRemote";

    private const string LiveTag = "live";

    public static void AddSelfCheck(IServiceCollection services) =>
        services.AddHealthChecks().AddCheck("self", static () => HealthCheckResult.Healthy(), [LiveTag]);

    public static void Map(WebApplication app)
    {
        var allowRemote = app.Configuration.GetValue(AllowRemoteKey, app.Environment.IsDevelopment());
        Map(app, HealthPath, allowRemote, static _ => true);
        Map(app, AlivePath, allowRemote, static check => check.Tags.Contains(LiveTag));
    }

    public static bool IsHealthPath(PathString path) =>
        path.StartsWithSegments(HealthPath, StringComparison.Ordinal)
        || path.StartsWithSegments(AlivePath, StringComparison.Ordinal);

    private static void Map(WebApplication app, string path, bool allowRemote, Func<HealthCheckRegistration, bool> predicate)
    {
        app.MapHealthChecks(path, new HealthCheckOptions { Predicate = predicate })
            .AllowAnonymous()
            .Add(endpoint =>
            {
                var answer = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = context => allowRemote || IsLocal(context.Connection.RemoteIpAddress)
                    ? answer(context)
                    : NotFound(context);
            });
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>A Unix socket has no remote address and is always of this machine.</summary>
    private static bool IsLocal(IPAddress? remote) => remote is null || IPAddress.IsLoopback(remote);
}
