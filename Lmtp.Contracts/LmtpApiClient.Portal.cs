namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Lists the accounts of the portal.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<PortalAccount>> ListPortalAccountsAsync(CancellationToken cancellationToken = default) =>
        GetAsync("api/v1/portal/accounts", Json.IReadOnlyListPortalAccount, cancellationToken);

    /// <summary>Reads an account of the portal; null when there is none.</summary>
    /// <param name="id">The account's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PortalAccount?> FindPortalAccountAsync(string id, CancellationToken cancellationToken = default) =>
        FindAsync($"api/v1/portal/accounts/{Segment(id)}", Json.PortalAccount, cancellationToken);

    /// <summary>Reads an account of the portal by its name as it is compared; null when there is none.</summary>
    /// <param name="normalizedName">The name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PortalAccount?> FindPortalAccountByNameAsync(string normalizedName, CancellationToken cancellationToken = default) =>
        FindAsync($"api/v1/portal/accounts/by-name/{Segment(normalizedName)}", Json.PortalAccount, cancellationToken);

    /// <summary>Adds an account to the portal.</summary>
    /// <param name="account">The account, without id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PortalAccount> AddPortalAccountAsync(PortalAccount account, CancellationToken cancellationToken = default) =>
        CreateAsync("api/v1/portal/accounts", account, Json.PortalAccount, Json.PortalAccount, cancellationToken);

    /// <summary>Replaces an account of the portal, unless somebody else has in the meantime.</summary>
    /// <param name="account">The account, with the version that the change was made from.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PortalAccount> ReplacePortalAccountAsync(PortalAccount account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        return SendJsonAsync(
            HttpMethod.Put, $"api/v1/portal/accounts/{Segment(account.Id)}", account, Json.PortalAccount, Json.PortalAccount, cancellationToken);
    }

    /// <summary>Deletes an account of the portal.</summary>
    /// <param name="id">The account's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeletePortalAccountAsync(string id, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/portal/accounts/{Segment(id)}", cancellationToken);

    /// <summary>Makes a link with which one person signs in to the portal once.</summary>
    /// <param name="request">For whom, and for how long.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PortalLinkResponse> AddPortalLinkAsync(PortalLinkRequest request, CancellationToken cancellationToken = default) =>
        CreateAsync("api/v1/portal/links", request, Json.PortalLinkRequest, Json.PortalLinkResponse, cancellationToken);

    /// <summary>Says what a link is good for.</summary>
    /// <param name="token">The link's secret part.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PortalLinkResponse> FindPortalLinkAsync(string token, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Post, "api/v1/portal/links/find", new PortalLinkToken(token), Json.PortalLinkToken, Json.PortalLinkResponse, cancellationToken);

    /// <summary>Uses a link up.</summary>
    /// <param name="token">The link's secret part.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PortalLinkResponse> RedeemPortalLinkAsync(string token, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Post, "api/v1/portal/links/redeem", new PortalLinkToken(token), Json.PortalLinkToken, Json.PortalLinkResponse, cancellationToken);

    /// <summary>Makes a link usable again whose use has just failed.</summary>
    /// <param name="token">The link's secret part.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task RestorePortalLinkAsync(string token, CancellationToken cancellationToken = default)
    {
        var content = System.Net.Http.Json.JsonContent.Create(new PortalLinkToken(token), Json.PortalLinkToken);
        (await SendAsync(new HttpRequestMessage(HttpMethod.Post, "api/v1/portal/links/restore") { Content = content }, cancellationToken)).Dispose();
    }
}
