namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Lists the mailboxes of a user by path.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<MailboxResponse>> ListMailboxesAsync(string user, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/users/{Segment(user)}/mailboxes", Json.IReadOnlyListMailboxResponse, cancellationToken);

    /// <summary>Lists the messages of a mailbox, newest first.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="mailbox">The mailbox's id.</param>
    /// <param name="cursor">Where to go on, from the page before; null for the newest.</param>
    /// <param name="limit">How many at most, 1 to 250; null takes the server's default.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PageResponse<MessageSummaryResponse>> ListMessagesAsync(
        string user, string mailbox, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            Query($"api/v1/users/{Segment(user)}/mailboxes/{Segment(mailbox)}/messages", ("cursor", cursor), ("limit", limit)),
            Json.PageResponseMessageSummaryResponse,
            cancellationToken);

    /// <summary>Reads a message.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<MessageResponse> GetMessageAsync(string user, string message, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/users/{Segment(user)}/messages/{Segment(message)}", Json.MessageResponse, cancellationToken);

    /// <summary>Reads a message with the entity tag of its state.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<MessageResponse>> GetTaggedMessageAsync(
        string user, string message, CancellationToken cancellationToken = default) =>
        GetTaggedAsync(MessagePath(user, message), Json.MessageResponse, cancellationToken);

    /// <summary>Reads a message as it is kept, byte for byte.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<byte[]> GetRawMessageAsync(string user, string message, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"api/v1/users/{Segment(user)}/messages/{Segment(message)}/raw");
        using var response = await SendAsync(request, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
