using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

[assembly: HostingStartup(typeof(Lmtp.Tests.Integration.Portal.VouchingStartup))]

namespace Lmtp.Tests.Integration.Portal;

/// <summary>Adds the scheme to a portal that is told to load this assembly, as the documentation describes it.</summary>
public sealed class VouchingStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(static services =>
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, VouchingHandler>(VouchingHandler.Scheme, static _ => { }));
}

/// <summary>An identity provider that believes whoever comes back with a name and roles in the query.</summary>
internal sealed class VouchingHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder), IAuthenticationRequestHandler
{
    public new const string Scheme = "company";

    private const string Path = "/company-return";

    public async Task<bool> HandleRequestAsync()
    {
        if (Request.Path != Path)
        {
            return false;
        }

        var identity = new ClaimsIdentity(
            [
                .. Request.Query["name"].Select(name => new Claim("preferred_username", name!)),
                .. Request.Query["role"].Select(role => new Claim("groups", role!)),
            ],
            Scheme);
        await Context.SignInAsync(IdentityConstants.ExternalScheme, new ClaimsPrincipal(identity));
        Response.Redirect(Request.Query["state"].ToString());
        return true;
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Redirect($"{Path}?state={Uri.EscapeDataString(properties.RedirectUri!)}");
        return Task.CompletedTask;
    }
}
