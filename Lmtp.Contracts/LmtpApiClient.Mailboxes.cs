using System.Net.Http.Json;

namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Reads a mailbox.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="mailbox">The mailbox's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<MailboxResponse>> GetMailboxAsync(string user, string mailbox, CancellationToken cancellationToken = default) =>
        GetTaggedAsync($"api/v1/users/{Segment(user)}/mailboxes/{Segment(mailbox)}", Json.MailboxResponse, cancellationToken);

    /// <summary>Makes a mailbox.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="request">What is to be made.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<MailboxResponse> CreateMailboxAsync(
        string user, CreateMailboxRequest request, CancellationToken cancellationToken = default) =>
        CreateAsync($"api/v1/users/{Segment(user)}/mailboxes", request, Json.CreateMailboxRequest, Json.MailboxResponse, cancellationToken);

    /// <summary>Renames a mailbox, or changes its retention and subscription.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="mailbox">The mailbox's id.</param>
    /// <param name="request">What to change.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<MailboxResponse>> UpdateMailboxAsync(
        string user, string mailbox, UpdateMailboxRequest request, string? tag = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(HttpMethod.Patch, $"api/v1/users/{Segment(user)}/mailboxes/{Segment(mailbox)}", request, Json.UpdateMailboxRequest, Json.MailboxResponse, tag, cancellationToken);

    /// <summary>Deletes a mailbox with its messages, and the filters that file into it.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="mailbox">The mailbox's id.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeleteMailboxAsync(string user, string mailbox, string? tag = null, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/users/{Segment(user)}/mailboxes/{Segment(mailbox)}", cancellationToken, tag);

    /// <summary>Makes a user whose login name is its address.</summary>
    /// <param name="request">What is to be made.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<SimpleMailboxResponse> CreateSimpleMailboxAsync(
        SimpleMailboxRequest request, CancellationToken cancellationToken = default) =>
        CreateAsync("api/mailboxes", request, Json.SimpleMailboxRequest, Json.SimpleMailboxResponse, cancellationToken);

    /// <summary>Lists users with their main addresses.</summary>
    /// <param name="cursor">Where to go on, from the page before; null for the beginning.</param>
    /// <param name="limit">How many at most, 1 to 250; null takes the server's default.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PageResponse<SimpleMailboxResponse>> ListSimpleMailboxesAsync(
        string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            Query("api/mailboxes", ("cursor", cursor), ("limit", limit)), Json.PageResponseSimpleMailboxResponse, cancellationToken);

    /// <summary>Deletes the user of an address with all mail.</summary>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeleteSimpleMailboxAsync(string address, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/mailboxes/{Segment(address)}", cancellationToken);

    /// <summary>Changes the password of who knows the old one.</summary>
    /// <param name="address">The address.</param>
    /// <param name="request">Both passwords.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task ChangeSimplePasswordAsync(
        string address, ChangePasswordRequest request, CancellationToken cancellationToken = default)
    {
        var content = JsonContent.Create(request, Json.ChangePasswordRequest);
        var message = new HttpRequestMessage(HttpMethod.Post, $"api/mailboxes/{Segment(address)}/change-password") { Content = content };
        (await SendAsync(message, cancellationToken)).Dispose();
    }
}
