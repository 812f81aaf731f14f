namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Lists users by user name.</summary>
    /// <param name="search">Only user names that begin so; null for all.</param>
    /// <param name="cursor">Where to go on, from the page before; null for the beginning.</param>
    /// <param name="limit">How many at most, 1 to 250; null takes the server's default.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PageResponse<UserResponse>> ListUsersAsync(
        string? search = null, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            Query("api/v1/users", ("search", search), ("cursor", cursor), ("limit", limit)),
            Json.PageResponseUserResponse,
            cancellationToken);

    /// <summary>Lists the users with an address that contains a text, by that address.</summary>
    /// <param name="contains">The text.</param>
    /// <param name="cursor">Where to go on, from the page before; null for the beginning.</param>
    /// <param name="limit">How many at most, 1 to 250; null takes the server's default. A page may have fewer.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PageResponse<UserResponse>> FindUsersAsync(
        string contains, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            Query("api/v1/users", ("contains", contains), ("cursor", cursor), ("limit", limit)),
            Json.PageResponseUserResponse,
            cancellationToken);

    /// <summary>Makes a user with its mailboxes.</summary>
    /// <param name="request">The user to be made.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<UserResponse> CreateUserAsync(CreateUserRequest request, CancellationToken cancellationToken = default) =>
        CreateAsync("api/v1/users", request, Json.CreateUserRequest, Json.UserResponse, cancellationToken);

    /// <summary>Reads a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<UserResponse> GetUserAsync(string user, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/users/{Segment(user)}", Json.UserResponse, cancellationToken);

    /// <summary>Changes a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="request">What to change.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<UserResponse> UpdateUserAsync(
        string user, UpdateUserRequest request, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Patch, $"api/v1/users/{Segment(user)}", request, Json.UpdateUserRequest, Json.UserResponse, cancellationToken);

    /// <summary>Deletes a user with its addresses and mail.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="tag">The entity tag that was read; null deletes the user in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeleteUserAsync(string user, string? tag = null, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/users/{Segment(user)}", cancellationToken, tag);

    /// <summary>Lists the addresses of a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<AddressResponse>> ListAddressesAsync(string user, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/users/{Segment(user)}/addresses", Json.IReadOnlyListAddressResponse, cancellationToken);

    /// <summary>Adds an address to a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="request">The address.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<AddressResponse> AddAddressAsync(
        string user, AddAddressRequest request, CancellationToken cancellationToken = default) =>
        CreateAsync(
            $"api/v1/users/{Segment(user)}/addresses",
            request,
            Json.AddAddressRequest,
            Json.AddressResponse,
            cancellationToken);

    /// <summary>Takes an address from a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="address">The address's id.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeleteAddressAsync(
        string user, string address, string? tag = null, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/users/{Segment(user)}/addresses/{Segment(address)}", cancellationToken, tag);
}
