namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Sets flags of a message, or takes them away.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="request">What to change.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<MessageSummaryResponse>> UpdateMessageAsync(
        string user, string message, UpdateMessageRequest request, string? tag = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            HttpMethod.Patch, MessagePath(user, message), request, Json.UpdateMessageRequest, Json.MessageSummaryResponse, tag, cancellationToken);

    /// <summary>Moves a message to another mailbox, where it has a new id.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="mailbox">The id of the mailbox that it goes to.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Tagged<MessageSummaryResponse>> MoveMessageAsync(
        string user, string message, string mailbox, string? tag = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            HttpMethod.Post,
            $"{MessagePath(user, message)}/move",
            new MoveMessageRequest { Mailbox = mailbox },
            Json.MoveMessageRequest,
            Json.MessageSummaryResponse,
            tag,
            cancellationToken);

    /// <summary>Deletes a message.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="tag">The entity tag that was read; null makes the change in any state.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeleteMessageAsync(
        string user, string message, string? tag = null, CancellationToken cancellationToken = default) =>
        DeleteAsync(MessagePath(user, message), cancellationToken, tag);

    private static string MessagePath(string user, string message) => $"api/v1/users/{Segment(user)}/messages/{Segment(message)}";
}
