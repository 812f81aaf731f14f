using System.Security.Claims;
using System.Text.Encodings.Web;
using Lmtp.Contracts;
using Lmtp.Server.Api.Keys;
using Lmtp.Server.Storage.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Api.Security;

/// <summary>Reads the API key from its header, and from nowhere else: URLs end up in logs.</summary>
internal sealed class ApiKeyAuthenticationHandler(
    MasterApiKey master,
    PortalKey portal,
    ApiKeyStore keys,
    TimeProvider time,
    IProblemDetailsService problems,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string MasterName = "master";

    private const int MaxKeyLength = 512;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var sent = Request.Headers[LmtpApiHeaders.ApiKey];
        if (sent.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (sent is not [{ Length: > 0 and <= MaxKeyLength } key])
        {
            return Unknown();
        }

        if (master.Matches(key))
        {
            return Success(new ApiActor(ActorKind.ConfiguredKey, MasterName), ApiScopes.Within(ApiScopes.Admin));
        }

        return portal.Matches(key) ? Success(PortalKey.Actor(Request.Headers), PortalKey.Scopes(Request.Headers)) : await FindAsync(key);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = $"{SchemeName} header=\"{LmtpApiHeaders.ApiKey}\"";
        await WriteProblemAsync(result.Failure?.Message ?? $"Send an API key in the header {LmtpApiHeaders.ApiKey}.");
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        await WriteProblemAsync("This API key has no scope for that.");
    }

    /// <summary>A key that the API made. It is read each time, so that a revoked one is out at once.</summary>
    private async Task<AuthenticateResult> FindAsync(string key)
    {
        if (ApiKeySecret.IdOf(key) is not { } id
            || await keys.GetAsync(id, Context.RequestAborted) is not { } found
            || !ApiKeySecret.Matches(key, found.Digest)
            || !found.IsUsable(time.GetUtcNow()))
        {
            return Unknown();
        }

        await keys.NoteUseAsync(found, Context.RequestAborted);
        return Success(new ApiActor(ActorKind.ApiKey, found.Name, found.Id.ToString()), ApiScopes.Within(found.Scope));
    }

    private static AuthenticateResult Unknown() => AuthenticateResult.Fail("The API key is not known.");

    private AuthenticateResult Success(ApiActor actor, IEnumerable<string> scopes)
    {
        var claims = actor.ToClaims().Concat(scopes.Select(scope => new Claim(ApiScopes.ClaimType, scope)));
        return AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name)), Scheme.Name));
    }

    private ValueTask WriteProblemAsync(string detail) => problems.WriteAsync(new ProblemDetailsContext
    {
        HttpContext = Context,
        ProblemDetails = { Status = Response.StatusCode, Detail = detail },
    });
}
