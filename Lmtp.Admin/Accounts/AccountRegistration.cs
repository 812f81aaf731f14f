using Lmtp.Admin.Accounts.External;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Lmtp.Admin.Accounts;

/// <summary>Registers sign-in: cookies, passwords, second factors and who may see what.</summary>
internal static class AccountRegistration
{
    /// <summary>Where signing in begins.</summary>
    public const string SignInPath = "/sign-in";

    /// <summary>Where it ends for whoever may not see a page.</summary>
    public const string NotAllowedPath = "/not-allowed";

    private const string CookiePrefix = "lmtp.";

    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<PortalOptions>(PortalOptions.Section);
        var portal = builder.Configuration.GetSection(PortalOptions.Section).Get<PortalOptions>() ?? new PortalOptions();

        services.TryAddSingleton(TimeProvider.System);
        builder.AddSessionKeys(portal);
        services.AddSingleton<SecondFactorSecrets>();

        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        builder.AddExternalSignIn();
        services.AddIdentityCore<PortalUser>(options => Configure(options, portal))
            .AddUserStore<PortalUserStore>()
            .AddClaimsPrincipalFactory<PortalClaimsFactory>()
            .AddSignInManager()
            .AddTokenProvider<AuthenticatorTokenProvider<PortalUser>>(TokenOptions.DefaultAuthenticatorProvider);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = portal.RevocationTime);
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = SignInPath;
            cookie.AccessDeniedPath = NotAllowedPath;
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.ExpireTimeSpan = portal.SessionTime;
            cookie.SlidingExpiration = true;
        });
        foreach (var scheme in (string[])[IdentityConstants.ApplicationScheme, IdentityConstants.TwoFactorUserIdScheme, IdentityConstants.ExternalScheme])
        {
            services.Configure<CookieAuthenticationOptions>(scheme, options =>
            {
                options.Cookie.Name = CookiePrefix + scheme.ToLowerInvariant();
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            });
        }

        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = CookiePrefix + "antiforgery";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });

        services.AddAuthorizationBuilder().AddPolicies();
        services.AddCascadingAuthenticationState();
        services.AddScoped<SignedInPerson>();
        services.AddScoped<SignInFlow>();
        services.AddScoped<Invitation>();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<CircuitHandler, CircuitPerson>());
        services.AddRateLimiter(static _ => { });
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>, SignInRateLimit>();
    }

    /// <summary>Lets in whoever is signed in, and remembers who that is for the calls that the request makes.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        app.UseMiddleware<EncryptionRequirement>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.Use(static (context, next) =>
        {
            context.RequestServices.GetRequiredService<SignedInPerson>().FindBy(() => Task.FromResult(context.User));
            return next(context);
        });
    }

    private static void Configure(IdentityOptions options, PortalOptions portal)
    {
        // Length is what makes a password strong (NIST SP 800-63B); composition rules make it forgettable.
        options.Password.RequiredLength = portal.MinPasswordLength;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 5;
        options.Lockout.MaxFailedAccessAttempts = portal.MaxFailures;
        options.Lockout.DefaultLockoutTimeSpan = portal.LockoutTime;
    }
}
