namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Lists the filters of a user in the order in which they are looked at.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<FilterResponse>> ListFiltersAsync(string user, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/users/{Segment(user)}/filters", Json.IReadOnlyListFilterResponse, cancellationToken);

    /// <summary>Makes a filter.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="request">The filter to be made.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<FilterResponse> CreateFilterAsync(string user, FilterRequest request, CancellationToken cancellationToken = default) =>
        CreateAsync(
            $"api/v1/users/{Segment(user)}/filters", request, Json.FilterRequest, Json.FilterResponse, cancellationToken);

    /// <summary>Has the filters of a user looked at in this order.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="request">The ids of all filters.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<FilterResponse>> OrderFiltersAsync(
        string user, FilterOrderRequest request, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Put,
            $"api/v1/users/{Segment(user)}/filters/order",
            request,
            Json.FilterOrderRequest,
            Json.IReadOnlyListFilterResponse,
            cancellationToken);

    /// <summary>Deletes a filter.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="filter">The filter's id.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeleteFilterAsync(string user, string filter, string? tag = null, CancellationToken cancellationToken = default) =>
        DeleteAsync(FilterPath(user, filter), cancellationToken, tag);

    /// <summary>Reads a filter.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="filter">The filter's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<FilterResponse>> GetFilterAsync(string user, string filter, CancellationToken cancellationToken = default) =>
        GetTaggedAsync(FilterPath(user, filter), Json.FilterResponse, cancellationToken);

    /// <summary>Replaces a filter, unless it has changed since it was read.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="filter">The filter's id.</param>
    /// <param name="request">What it shall be.</param>
    /// <param name="tag">The entity tag of the state that was seen.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<FilterResponse>> ReplaceFilterAsync(
        string user, string filter, FilterRequest request, string tag, CancellationToken cancellationToken = default) =>
        ChangeAsync(HttpMethod.Put, FilterPath(user, filter), request, Json.FilterRequest, Json.FilterResponse, tag, cancellationToken);

    /// <summary>Tries a filter on the last messages of a user, without saving it.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="request">The filter.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<TriedMessageResponse>> TryFilterAsync(
        string user, TryFilterRequest request, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Post,
            $"api/v1/users/{Segment(user)}/filters/try",
            request,
            Json.TryFilterRequest,
            Json.IReadOnlyListTriedMessageResponse,
            cancellationToken);

    private static string FilterPath(string user, string filter) => $"api/v1/users/{Segment(user)}/filters/{Segment(filter)}";
}
