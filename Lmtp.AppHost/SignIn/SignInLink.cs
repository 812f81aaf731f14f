using Lmtp.Contracts;

namespace Lmtp.AppHost.SignIn;

/// <summary>Asks the running mail server for a link with which one person signs in to the portal once.</summary>
internal static class SignInLink
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>The link; null where <see cref="PortalLinkRequest.OnlyFirst"/> says that none is needed.</summary>
    /// <exception cref="LmtpApiException">The server refuses, or cannot be reached.</exception>
    public static async Task<(string Address, DateTimeOffset Expires)?> MakeAsync(
        Uri api, string key, Uri portal, PortalLinkRequest request, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = api, Timeout = Timeout };
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, key);
        var link = await new LmtpApiClient(http).AddPortalLinkAsync(request, cancellationToken);

        // Behind the #, where neither a server nor a log of one sees it.
        return link.Token is { } token ? (new Uri(portal, $"welcome#{token}").ToString(), link.Expires) : null;
    }
}
