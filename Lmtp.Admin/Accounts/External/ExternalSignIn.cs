using System.Reflection;
using System.Runtime.Loader;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lmtp.Admin.Accounts.External;

/// <summary>Lets another authentication scheme vouch for people, chosen by configuration.</summary>
internal static class ExternalSignIn
{
    /// <summary>Where the button of the sign-in page leads.</summary>
    public const string Path = "/sign-in/external";

    /// <summary>Where the scheme sends people back to.</summary>
    public const string ReturnPath = "/sign-in/external/done";

    public static void AddExternalSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ExternalSignInOptions>().BindConfiguration(ExternalSignInOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExternalSignInOptions>, ExternalSignInOptionsValidator>();
        services.Configure<AuthenticationOptions>(static options => options.DefaultSignInScheme = IdentityConstants.ExternalScheme);
        services.PostConfigure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, static options =>
        {
            var validate = options.Events.OnValidatePrincipal;
            options.Events.OnValidatePrincipal = context => ValidateAsync(context, validate);
        });
        if (builder.Configuration[$"{ExternalSignInOptions.Section}:{nameof(ExternalSignInOptions.Assembly)}"] is { Length: > 0 } path)
        {
            Load(builder.WebHost, path);
        }
    }

    public static void MapExternalSignIn(this WebApplication app)
    {
        app.MapGet(Path, Begin).AllowAnonymous();
        app.MapGet(ReturnPath, EndAsync).AllowAnonymous();
    }

    // Dependencies of the assembly that the portal has not are looked for beside it.
    private static void Load(IWebHostBuilder host, string path)
    {
        var resolver = new AssemblyDependencyResolver(path);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            resolver.ResolveAssemblyToPath(name) is { } found ? context.LoadFromAssemblyPath(found) : null;
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        foreach (var startup in assembly.GetCustomAttributes<HostingStartupAttribute>())
        {
            ((IHostingStartup)Activator.CreateInstance(startup.HostingStartupType)!).Configure(host);
        }
    }

    // A link, not a form: the policy against forms that lead elsewhere would stop the redirect.
    private static IResult Begin(string? returnUrl, IOptions<ExternalSignInOptions> options) =>
        options.Value.Scheme is { Length: > 0 } scheme
            ? TypedResults.Challenge(
                new AuthenticationProperties
                {
                    RedirectUri = $"{ReturnPath}?returnUrl={Uri.EscapeDataString(LocalAddress.OrStart(returnUrl))}",
                },
                [scheme])
            : TypedResults.NotFound();

    private static async Task<IResult> EndAsync(
        string? returnUrl,
        HttpContext context,
        IOptions<ExternalSignInOptions> external,
        IOptions<PortalOptions> portal,
        TimeProvider time)
    {
        var back = LocalAddress.OrStart(returnUrl);
        var vouched = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        var end = time.GetUtcNow() + portal.Value.SessionTime;
        if (vouched.Principal is null || ExternalPerson.From(vouched.Principal, external.Value, end) is not { } person)
        {
            return TypedResults.LocalRedirect($"{AccountRegistration.SignInPath}?refused=true&returnUrl={Uri.EscapeDataString(back)}");
        }

        await context.SignInAsync(IdentityConstants.ApplicationScheme, person);
        return TypedResults.LocalRedirect(back);
    }

    // There is no account whose security stamp could be compared.
    private static Task ValidateAsync(CookieValidatePrincipalContext context, Func<CookieValidatePrincipalContext, Task> validate)
    {
        if (context.Principal is not { } person || !ExternalPerson.Is(person))
        {
            return validate(context);
        }

        if (!ExternalPerson.IsStillIn(person, context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()))
        {
            context.RejectPrincipal();
        }

        return Task.CompletedTask;
    }
}
