using Lmtp.Contracts;
using Microsoft.Extensions.Configuration;

namespace Lmtp.AppHost.SignIn;

/// <summary>The verb <c>sign-in-link</c>: another link, for whoever has the machine and has lost the account.</summary>
internal static class SignInLinkVerb
{
    public const string Name = "sign-in-link";

    private const string AccountKey = "account";
    private const string RoleKey = "role";

    /// <summary>Prints a link for the portal of the running AppHost.</summary>
    /// <exception cref="DistributedApplicationException">There is nothing running, or the settings do not lead to it.</exception>
    public static async Task RunAsync(IDistributedApplicationBuilder builder, PortSettings ports)
    {
        if (ports is not { Api: { } api, Portal: { } portal })
        {
            throw new DistributedApplicationException(
                "The ports are chosen at each start; give those that the AppHost's table shows: --Lmtp:Ports:Api=… --Lmtp:Ports:Portal=…");
        }

        var key = builder.Configuration["Parameters:api-key"]
            ?? throw new DistributedApplicationException("There is no API key yet: start the AppHost once, then run this beside it.");
        try
        {
            var link = await SignInLink.MakeAsync(Address(api), key, Address(portal), Request(builder.Configuration), CancellationToken.None);
            Console.WriteLine(link!.Value.Address);
            Console.WriteLine($"It works once, until {link.Value.Expires:u}.");
        }
        catch (LmtpApiException refusal)
        {
            throw new DistributedApplicationException($"{refusal.Message} The AppHost has to be running.", refusal);
        }
    }

    private static PortalLinkRequest Request(ConfigurationManager configuration)
    {
        var role = configuration[RoleKey];
        if (role is not null && !Enum.TryParse<PortalRole>(role, ignoreCase: true, out _))
        {
            throw new DistributedApplicationException($"--role is '{role}', but has to be one of {string.Join(", ", Enum.GetNames<PortalRole>())}.");
        }

        return new PortalLinkRequest
        {
            Account = configuration[AccountKey],
            Role = role is null ? null : Enum.Parse<PortalRole>(role, ignoreCase: true),
        };
    }

    private static Uri Address(int port) => new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri;
}
