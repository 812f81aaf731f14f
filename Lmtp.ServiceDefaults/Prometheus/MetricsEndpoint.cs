using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lmtp.ServiceDefaults.Prometheus;

/// <summary>The scrape endpoint, and who may see it.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";
    public const string AllowRemoteKey = "MetricsEndpoint:AllowRemote";

    public static void AddServices(IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton(static provider => new PrometheusExposition(
            [.. TelemetryNames.Own, .. TelemetryNames.FrameworkMeters], provider.GetRequiredService<IMeterFactory>()));
    }

    public static void Map(WebApplication app, string? policy)
    {
        // Made now and not with the first scrape: counters count from the start.
        var exposition = app.Services.GetRequiredService<PrometheusExposition>();
        var allowRemote = app.Configuration.GetValue(AllowRemoteKey, false);
        app.MapGet(Path, async context =>
        {
            if (allowRemote || IsLocal(context.Connection.RemoteIpAddress) || await IsAuthorizedAsync(context, policy))
            {
                context.Response.ContentType = PrometheusExposition.ContentType;
                await context.Response.WriteAsync(exposition.Write(), context.RequestAborted);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<bool> IsAuthorizedAsync(HttpContext context, string? policy) =>
        policy is not null
        && (await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, policy)).Succeeded;

    /// <summary>A Unix socket has no remote address and is always of this machine.</summary>
    private static bool IsLocal(IPAddress? remote) => remote is null || IPAddress.IsLoopback(remote);
}
