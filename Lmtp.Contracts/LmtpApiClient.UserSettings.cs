namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Reads a user with the entity tag of its state.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<UserResponse>> GetTaggedUserAsync(string user, CancellationToken cancellationToken = default) =>
        GetTaggedAsync($"api/v1/users/{Segment(user)}", Json.UserResponse, cancellationToken);

    /// <summary>Changes a user that has the entity tag.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="request">What to change.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<UserResponse>> ChangeUserAsync(
        string user, UpdateUserRequest request, string? tag, CancellationToken cancellationToken = default) =>
        ChangeAsync(HttpMethod.Patch, $"api/v1/users/{Segment(user)}", request, Json.UpdateUserRequest, Json.UserResponse, tag, cancellationToken);

    /// <summary>Makes a user with its mailboxes; asked again under the same key, it answers the same and makes nothing.</summary>
    /// <param name="request">The user to be made.</param>
    /// <param name="idempotencyKey">Chosen by the caller, 1 to 255 printable ASCII characters.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<UserResponse> CreateUserAsync(
        CreateUserRequest request, string idempotencyKey, CancellationToken cancellationToken = default) =>
        CreateAsync("api/v1/users", request, Json.CreateUserRequest, Json.UserResponse, idempotencyKey, cancellationToken);

    /// <summary>Says of each of several users whether it could be made, and makes none of them.</summary>
    /// <param name="request">The users, 1 to 500.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<UserCheckResponse>> CheckUsersAsync(
        CheckUsersRequest request, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Post, "api/v1/users/check", request, Json.CheckUsersRequest, Json.IReadOnlyListUserCheckResponse, cancellationToken);

    /// <summary>Reads the automatic reply of a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<AutoreplyResponse>> GetAutoreplyAsync(string user, CancellationToken cancellationToken = default) =>
        GetTaggedAsync($"api/v1/users/{Segment(user)}/autoreply", Json.AutoreplyResponse, cancellationToken);

    /// <summary>Replaces the automatic reply of a user; where there is one, its entity tag is needed.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="request">What to change.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<AutoreplyResponse>> SetAutoreplyAsync(
        string user, SetAutoreplyRequest request, string? tag = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(HttpMethod.Put, $"api/v1/users/{Segment(user)}/autoreply", request, Json.SetAutoreplyRequest, Json.AutoreplyResponse, tag, cancellationToken);

    /// <summary>Removes the automatic reply of a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeleteAutoreplyAsync(string user, string? tag = null, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/users/{Segment(user)}/autoreply", cancellationToken, tag);

    /// <summary>Tells how much a user stores, and may store.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<QuotaResponse> GetQuotaAsync(string user, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/users/{Segment(user)}/quota", Json.QuotaResponse, cancellationToken);

    /// <summary>Adds up anew what a user stores.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<QuotaResponse> RecalculateQuotaAsync(string user, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/users/{Segment(user)}/quota/recalculate");
        using var response = await SendAsync(request, cancellationToken);
        return await ReadAsync(response, Json.QuotaResponse, cancellationToken);
    }
}
