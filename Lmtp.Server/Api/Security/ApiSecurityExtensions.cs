using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Api.Security;

/// <summary>Registers authentication by API key, the scopes as policies, and the rate limit.</summary>
internal static class ApiSecurityExtensions
{
    public static void AddApiSecurity(this IServiceCollection services)
    {
        services.AddSingleton<MasterApiKey>();
        services.AddSingleton<PortalKey>();
        services.AddHostedService<MasterApiKeyLoader>();
        services.AddAuthentication(ApiKeyAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(ApiKeyAuthenticationHandler.SchemeName, null);
        var authorization = services.AddAuthorizationBuilder();
        foreach (var scope in ApiScopes.All.Append(ApiScopes.Portal))
        {
            authorization.AddPolicy(scope, policy => policy.RequireClaim(ApiScopes.ClaimType, scope));
        }

        services.AddRateLimiter();
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>, ApiRateLimit>();
    }
}
