namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Lists domains whose addresses stand for those of another one.</summary>
    /// <param name="cursor">Where to go on, from the page before; null for the beginning.</param>
    /// <param name="limit">How many at most, 1 to 250; null takes the server's default.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PageResponse<DomainAliasResponse>> ListDomainAliasesAsync(
        string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            Query("api/v1/domain-aliases", ("cursor", cursor), ("limit", limit)), Json.PageResponseDomainAliasResponse, cancellationToken);

    /// <summary>Makes a domain stand for another one.</summary>
    /// <param name="request">What is to be made.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<DomainAliasResponse> CreateDomainAliasAsync(
        CreateDomainAliasRequest request, CancellationToken cancellationToken = default) =>
        CreateAsync("api/v1/domain-aliases", request, Json.CreateDomainAliasRequest, Json.DomainAliasResponse, cancellationToken);

    /// <summary>Reads a domain alias.</summary>
    /// <param name="alias">The alias's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<DomainAliasResponse>> GetDomainAliasAsync(string alias, CancellationToken cancellationToken = default) =>
        GetTaggedAsync($"api/v1/domain-aliases/{Segment(alias)}", Json.DomainAliasResponse, cancellationToken);

    /// <summary>Deletes a domain alias.</summary>
    /// <param name="alias">The alias's id.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeleteDomainAliasAsync(string alias, string? tag = null, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/domain-aliases/{Segment(alias)}", cancellationToken, tag);

    /// <summary>Lists addresses without mailbox, whose mail goes elsewhere.</summary>
    /// <param name="search">Only addresses that begin so; null for all.</param>
    /// <param name="cursor">Where to go on, from the page before; null for the beginning.</param>
    /// <param name="limit">How many at most, 1 to 250; null takes the server's default.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PageResponse<ForwardedAddressResponse>> ListForwardedAddressesAsync(
        string? search = null, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            Query("api/v1/forwarded-addresses", ("search", search), ("cursor", cursor), ("limit", limit)), Json.PageResponseForwardedAddressResponse, cancellationToken);

    /// <summary>Makes a forwarded address.</summary>
    /// <param name="request">What is to be made.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<ForwardedAddressResponse> CreateForwardedAddressAsync(
        CreateForwardedAddressRequest request, CancellationToken cancellationToken = default) =>
        CreateAsync("api/v1/forwarded-addresses", request, Json.CreateForwardedAddressRequest, Json.ForwardedAddressResponse, cancellationToken);

    /// <summary>Reads a forwarded address.</summary>
    /// <param name="address">The address's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<ForwardedAddressResponse>> GetForwardedAddressAsync(
        string address, CancellationToken cancellationToken = default) =>
        GetTaggedAsync($"api/v1/forwarded-addresses/{Segment(address)}", Json.ForwardedAddressResponse, cancellationToken);

    /// <summary>Changes a forwarded address.</summary>
    /// <param name="address">The address's id.</param>
    /// <param name="request">What to change.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<ForwardedAddressResponse>> UpdateForwardedAddressAsync(
        string address, UpdateForwardedAddressRequest request, string? tag = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(HttpMethod.Patch, $"api/v1/forwarded-addresses/{Segment(address)}", request, Json.UpdateForwardedAddressRequest, Json.ForwardedAddressResponse, tag, cancellationToken);

    /// <summary>Deletes a forwarded address.</summary>
    /// <param name="address">The address's id.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeleteForwardedAddressAsync(string address, string? tag = null, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/forwarded-addresses/{Segment(address)}", cancellationToken, tag);

    /// <summary>Reads an address of a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="address">The address's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<AddressResponse>> GetAddressAsync(string user, string address, CancellationToken cancellationToken = default) =>
        GetTaggedAsync($"api/v1/users/{Segment(user)}/addresses/{Segment(address)}", Json.AddressResponse, cancellationToken);

    /// <summary>Names an address of a user, or makes it the main one.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="address">The address's id.</param>
    /// <param name="request">What to change.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<AddressResponse>> UpdateAddressAsync(
        string user, string address, UpdateAddressRequest request, string? tag = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(HttpMethod.Patch, $"api/v1/users/{Segment(user)}/addresses/{Segment(address)}", request, Json.UpdateAddressRequest, Json.AddressResponse, tag, cancellationToken);

    /// <summary>Tells step by step who has an address, as RCPT would find out.</summary>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<AddressResolutionResponse> ResolveAddressAsync(string address, CancellationToken cancellationToken = default) =>
        GetAsync(Query("api/v1/addresses/resolve", ("address", address)), Json.AddressResolutionResponse, cancellationToken);
}
