using System.Text.Json;
using System.Text.Json.Serialization;
using Lmtp.Contracts;
using Lmtp.Server.Api.Addresses;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Deliveries;
using Lmtp.Server.Api.Explain;
using Lmtp.Server.Api.Filters;
using Lmtp.Server.Api.Keys;
using Lmtp.Server.Api.Limits;
using Lmtp.Server.Api.Messages;
using Lmtp.Server.Api.OpenApi;
using Lmtp.Server.Api.Portal;
using Lmtp.Server.Api.Probe;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Api.SimpleMailboxes;
using Lmtp.Server.Api.Statistics;
using Lmtp.Server.Api.Status;
using Lmtp.Server.Api.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Api;

/// <summary>Registers and maps the HTTP API.</summary>
public static class ApiExtensions
{
    /// <summary>Adds what the HTTP API needs.</summary>
    /// <param name="builder">The server's builder.</param>
    /// <returns>The same builder.</returns>
    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var services = builder.Services;
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        services.AddApiSecurity();
        services.AddApiProblems();
        services.AddApiDocument();
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<AuditTrail>();
        services.AddSingleton<ServerStatus>();
        services.AddSingleton<EffectiveConfiguration>();
        services.AddSingleton<LmtpStatistics>();
        services.AddHostedService(static provider => provider.GetRequiredService<LmtpStatistics>());
        services.AddSingleton<OverrideReader>();
        services.AddScoped<SubjectLimits>();
        services.AddSingleton<ProbeTargets>();
        services.AddSingleton<LmtpProbe>();
        services.Configure<RouteOptions>(static routes =>
            routes.ConstraintMap[ObjectIdRouteConstraint.Name] = typeof(ObjectIdRouteConstraint));
        services.ConfigureHttpJsonOptions(static json => ConfigureJson(json.SerializerOptions));
        return builder;
    }

    /// <summary>Maps the endpoints of the HTTP API.</summary>
    /// <param name="app">The server.</param>
    /// <returns>The same server.</returns>
    public static WebApplication MapApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);

        app.UseApiProblems();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

        var api = app.MapApiGroup("/api/v1");
        api.MapUsers();
        api.MapUserCheck();
        api.MapAddresses();
        api.MapAddressResolution();
        api.MapMailboxes();
        api.MapMessages();
        api.MapServer();
        api.MapStatistics();
        api.MapAutoreply();
        api.MapQuota();
        api.MapQuotaRuns();
        api.MapLimits();
        api.MapFilters();
        api.MapForwardedAddresses();
        api.MapDomainAliases();
        api.MapMailboxChanges();
        api.MapMessageChanges();
        api.MapMessageSearch();
        api.MapMessageParts();
        api.MapBulkChanges();
        api.MapDeliveries();
        api.MapExplain();
        api.MapApiKeys();
        api.MapAudit();
        api.MapPortalLinks();
        var portal = app.MapApiGroup("/api/v1/portal", ApiScopes.Portal);
        portal.MapPortalAccounts();
        portal.MapPortalLinkUses();
        app.MapApiGroup("/api/mailboxes").MapSimpleMailboxes();
        var lmtp = app.MapApiGroup("/api/lmtp");
        lmtp.MapStats();
        lmtp.MapProbe();
        return app;
    }

    private static RouteGroupBuilder MapApiGroup(this WebApplication app, string prefix, string scope = ApiScopes.Read)
    {
        var limit = app.Services.GetRequiredService<IOptions<ApiOptions>>().Value.MaxRequestBytes;
        return app.MapGroup(prefix)
            .RequireAuthorization(scope)
            .RequireRateLimiting(ApiRateLimit.Policy)
            .WithMetadata(new RequestSizeLimitAttribute(limit))
            .AddEndpointFilter<RouteGroupBuilder, AuditFilter>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>A request with a member that nobody knows, or a null where none may be, is a mistake to be told.</summary>
    private static void ConfigureJson(JsonSerializerOptions json)
    {
        json.TypeInfoResolverChain.Insert(0, LmtpJsonContext.Default);
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.AllowDuplicateProperties = false;
    }
}
