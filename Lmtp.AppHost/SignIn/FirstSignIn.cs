using Lmtp.Contracts;
using Microsoft.Extensions.Logging;

namespace Lmtp.AppHost.SignIn;

/// <summary>
/// Shows the link for the first sign-in on the terminal while nobody can administer the portal. Where the output goes
/// into a file or a pipe, it would be a secret in a log; there it says how to get one.
/// </summary>
internal sealed partial class FirstSignIn(
    IResourceBuilder<ProjectResource> lmtp, IResourceBuilder<ProjectResource> admin, ParameterResource apiKey, ILogger<FirstSignIn> logger)
{
    private bool _shown;

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        if (_shown)
        {
            return;
        }

        _shown = true;
        if (Console.IsOutputRedirected)
        {
            await Console.Out.WriteLineAsync($"  portal: dotnet run --project Lmtp.AppHost -- {SignInLinkVerb.Name}{Environment.NewLine}  makes a link for signing in{Environment.NewLine}".AsMemory(), cancellationToken);
            return;
        }

        try
        {
            var key = await apiKey.GetValueAsync(cancellationToken) ?? string.Empty;
            var request = new PortalLinkRequest { OnlyFirst = true };
            if (await SignInLink.MakeAsync(Address(lmtp), key, Address(admin), request, cancellationToken) is { } link)
            {
                await Console.Out.WriteLineAsync(
                    $"  first sign-in to the portal (once, until {link.Expires:u}):{Environment.NewLine}  {link.Address}{Environment.NewLine}".AsMemory(),
                    cancellationToken);
            }
        }
        catch (LmtpApiException refusal)
        {
            LogNoLink(SignInLinkVerb.Name, refusal);
        }
    }

    private static Uri Address(IResourceBuilder<ProjectResource> project) => new(project.GetEndpoint("http").Url);

    [LoggerMessage(1, LogLevel.Warning, "No link for the first sign-in could be made; the verb {Verb} makes one later")]
    private partial void LogNoLink(string verb, Exception exception);
}
