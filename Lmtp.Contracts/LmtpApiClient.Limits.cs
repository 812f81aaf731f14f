namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Lists the rate limits as they hold for everybody who has no rule of their own.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<RateLimitResponse>> ListRateLimitsAsync(CancellationToken cancellationToken = default) =>
        GetAsync("api/v1/limits", Json.IReadOnlyListRateLimitResponse, cancellationToken);

    /// <summary>Lists the rules of single subjects.</summary>
    /// <param name="search">A part of the subject, or the beginning of a user name; null for all.</param>
    /// <param name="name">The limit; null for all.</param>
    /// <param name="cursor">Where to go on, from the page before; null for the beginning.</param>
    /// <param name="limit">How many at most, 1 to 250; null takes the server's default.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PageResponse<RateLimitOverrideResponse>> ListRateLimitOverridesAsync(
        string? search = null,
        string? name = null,
        string? cursor = null,
        int? limit = null,
        CancellationToken cancellationToken = default) =>
        GetAsync(
            Query("api/v1/limits/overrides", ("search", search), ("name", name), ("cursor", cursor), ("limit", limit)),
            Json.PageResponseRateLimitOverrideResponse,
            cancellationToken);

    /// <summary>The rule of a limit for one subject; null when it has none of its own.</summary>
    /// <param name="name">The limit.</param>
    /// <param name="subject">An address, a domain, or the id of a user.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<RateLimitOverrideResponse?> FindRateLimitOverrideAsync(
        string name, string subject, CancellationToken cancellationToken = default) =>
        FindAsync(OverridePath(name, subject), Json.RateLimitOverrideResponse, cancellationToken);

    /// <summary>Sets the rule of a limit for one subject.</summary>
    /// <param name="name">The limit.</param>
    /// <param name="subject">An address, a domain, or the id of a user.</param>
    /// <param name="request">The rule.</param>
    /// <param name="entityTag">The state that is replaced; null where there is no rule yet.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<RateLimitOverrideResponse> SetRateLimitOverrideAsync(
        string name,
        string subject,
        SetRateLimitOverrideRequest request,
        string? entityTag = null,
        CancellationToken cancellationToken = default)
    {
        var set = await ChangeAsync(
            HttpMethod.Put,
            OverridePath(name, subject),
            request,
            Json.SetRateLimitOverrideRequest,
            Json.RateLimitOverrideResponse,
            entityTag,
            cancellationToken);
        return set.Value;
    }

    /// <summary>Removes the rule of a limit for one subject, so that the common one holds again.</summary>
    /// <param name="name">The limit.</param>
    /// <param name="subject">An address, a domain, or the id of a user.</param>
    /// <param name="entityTag">The state that is removed; null for whatever is there.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeleteRateLimitOverrideAsync(
        string name, string subject, string? entityTag = null, CancellationToken cancellationToken = default) =>
        DeleteAsync(OverridePath(name, subject), cancellationToken, entityTag);

    /// <summary>The limits of what a user receives, with what is used of them.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<SubjectLimitsResponse> GetUserLimitsAsync(string user, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/users/{Segment(user)}/limits", Json.SubjectLimitsResponse, cancellationToken);

    /// <summary>The limits of a domain as sender and as recipient, with what is used of them.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<SubjectLimitsResponse> GetDomainLimitsAsync(string domain, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/domains/{Segment(domain)}/limits", Json.SubjectLimitsResponse, cancellationToken);

    /// <summary>The limits of an envelope sender, with what is used of them.</summary>
    /// <param name="sender">The sender's address.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<SubjectLimitsResponse> GetSenderLimitsAsync(string sender, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/senders/{Segment(sender)}/limits", Json.SubjectLimitsResponse, cancellationToken);

    /// <summary>The limits of a client address, with what is used of them.</summary>
    /// <param name="client">The client's address.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<SubjectLimitsResponse> GetClientLimitsAsync(string client, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/clients/{Segment(client)}/limits", Json.SubjectLimitsResponse, cancellationToken);

    /// <summary>Forgets what a user has used of a limit.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="name">The limit.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task ResetUserCounterAsync(string user, string name, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/users/{Segment(user)}/limits/{Segment(name)}/counter", cancellationToken);

    /// <summary>Forgets what a domain has used of a limit.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="name">The limit.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task ResetDomainCounterAsync(string domain, string name, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/domains/{Segment(domain)}/limits/{Segment(name)}/counter", cancellationToken);

    /// <summary>Forgets what an envelope sender has used of a limit.</summary>
    /// <param name="sender">The sender's address.</param>
    /// <param name="name">The limit.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task ResetSenderCounterAsync(string sender, string name, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/senders/{Segment(sender)}/limits/{Segment(name)}/counter", cancellationToken);

    /// <summary>Forgets what a client address has used of a limit.</summary>
    /// <param name="client">The client's address.</param>
    /// <param name="name">The limit.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task ResetClientCounterAsync(string client, string name, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/clients/{Segment(client)}/limits/{Segment(name)}/counter", cancellationToken);

    private static string OverridePath(string name, string subject) => $"api/v1/limits/{Segment(name)}/overrides/{Segment(subject)}";
}
