using System.Globalization;

namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Lists the API keys, the newest first.</summary>
    /// <param name="cursor">Where to go on, from the page before; null for the beginning.</param>
    /// <param name="limit">How many at most, 1 to 250; null takes the server's default.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PageResponse<ApiKeyResponse>> ListApiKeysAsync(
        string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        GetAsync(Query("api/v1/keys", ("cursor", cursor), ("limit", limit)), Json.PageResponseApiKeyResponse, cancellationToken);

    /// <summary>Makes an API key.</summary>
    /// <param name="request">The key to be made.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<CreatedApiKeyResponse> CreateApiKeyAsync(CreateApiKeyRequest request, CancellationToken cancellationToken = default) =>
        CreateAsync(
            "api/v1/keys", request, Json.CreateApiKeyRequest, Json.CreatedApiKeyResponse, cancellationToken);

    /// <summary>Reads what is known of an API key.</summary>
    /// <param name="key">The key's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<ApiKeyResponse>> GetApiKeyAsync(string key, CancellationToken cancellationToken = default) =>
        GetTaggedAsync($"api/v1/keys/{Segment(key)}", Json.ApiKeyResponse, cancellationToken);

    /// <summary>Revokes an API key at once.</summary>
    /// <param name="key">The key's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task RevokeApiKeyAsync(string key, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/keys/{Segment(key)}", cancellationToken);

    /// <summary>Searches the changes that were made through the API, the newest first.</summary>
    /// <param name="actor">Only those of this actor; null for all.</param>
    /// <param name="operation">Only this operation; null for all.</param>
    /// <param name="target">Only changes of what has this id; null for all.</param>
    /// <param name="cursor">Where to go on, from the page before; null for the beginning.</param>
    /// <param name="limit">How many at most, 1 to 250; null takes the server's default.</param>
    /// <param name="from">The earliest time; null for any.</param>
    /// <param name="before">The time before which the changes were made; null for any.</param>
    /// <param name="states">Whether request and states come along, up to 64 KB each; null: they do.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PageResponse<AuditEntryResponse>> SearchAuditAsync(
        string? actor = null,
        string? operation = null,
        string? target = null,
        string? cursor = null,
        int? limit = null,
        DateTimeOffset? from = null,
        DateTimeOffset? before = null,
        bool? states = null,
        CancellationToken cancellationToken = default) =>
        GetAsync(
            Query(
                "api/v1/audit",
                ("actor", actor),
                ("operation", operation),
                ("target", target),
                ("from", from?.ToString("O", CultureInfo.InvariantCulture)),
                ("before", before?.ToString("O", CultureInfo.InvariantCulture)),
                ("states", states is null ? null : states == true ? "true" : "false"),
                ("cursor", cursor),
                ("limit", limit)),
            Json.PageResponseAuditEntryResponse,
            cancellationToken);

    /// <summary>Reads a change with what was asked for, and the state before and since.</summary>
    /// <param name="entry">The id of the entry of the audit log.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<AuditEntryResponse> GetAuditEntryAsync(string entry, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/audit/{Segment(entry)}", Json.AuditEntryResponse, cancellationToken);
}
