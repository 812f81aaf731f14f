namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Sets how much a user may store.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="quota">Bytes; 0 takes the server's default.</param>
    /// <param name="entityTag">The state that is replaced; null for whatever is there.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<QuotaResponse> SetQuotaAsync(
        string user, long quota, string? entityTag = null, CancellationToken cancellationToken = default)
    {
        var set = await ChangeAsync(
            HttpMethod.Put,
            $"api/v1/users/{Segment(user)}/quota",
            new SetQuotaRequest { Quota = quota },
            Json.SetQuotaRequest,
            Json.QuotaResponse,
            entityTag ?? "*",
            cancellationToken);
        return set.Value;
    }

    /// <summary>Begins to add up anew what all users store, or those of a domain.</summary>
    /// <param name="domain">The domain of the users' main addresses; null for all users.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<QuotaRecalculationResponse> StartQuotaRecalculationAsync(
        string? domain = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            RecalculationsPath,
            new StartQuotaRecalculationRequest { Domain = domain },
            Json.StartQuotaRecalculationRequest,
            Json.QuotaRecalculationResponse,
            cancellationToken);

    /// <summary>Tells how far a recalculation of many users is.</summary>
    /// <param name="id">The recalculation's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<QuotaRecalculationResponse> GetQuotaRecalculationAsync(string id, CancellationToken cancellationToken = default) =>
        GetAsync($"{RecalculationsPath}/{Segment(id)}", Json.QuotaRecalculationResponse, cancellationToken);

    /// <summary>Lists recalculations of many users, the newest first.</summary>
    /// <param name="cursor">Where to go on, from the page before; null for the beginning.</param>
    /// <param name="limit">How many at most, 1 to 250; null takes the server's default.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PageResponse<QuotaRecalculationResponse>> ListQuotaRecalculationsAsync(
        string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            Query(RecalculationsPath, ("cursor", cursor), ("limit", limit)),
            Json.PageResponseQuotaRecalculationResponse,
            cancellationToken);

    /// <summary>Ends a recalculation; what was corrected stays so.</summary>
    /// <param name="id">The recalculation's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task CancelQuotaRecalculationAsync(string id, CancellationToken cancellationToken = default) =>
        DeleteAsync($"{RecalculationsPath}/{Segment(id)}", cancellationToken);

    private const string RecalculationsPath = "api/v1/quota-recalculations";
}
