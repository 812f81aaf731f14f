namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Sets flags of a message, or takes them away.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="request">What to change.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<MessageSummaryResponse> UpdateMessageAsync(
        string user, string message, UpdateMessageRequest request, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Patch, MessagePath(user, message), request, Json.UpdateMessageRequest, Json.MessageSummaryResponse, cancellationToken);

    /// <summary>Moves a message to another mailbox, where it has a new id.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="mailbox">The id of the mailbox that it goes to.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<MessageSummaryResponse> MoveMessageAsync(
        string user, string message, string mailbox, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Post,
            $"{MessagePath(user, message)}/move",
            new MoveMessageRequest { Mailbox = mailbox },
            Json.MoveMessageRequest,
            Json.MessageSummaryResponse,
            cancellationToken);

    /// <summary>Deletes a message.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeleteMessageAsync(string user, string message, CancellationToken cancellationToken = default) =>
        DeleteAsync(MessagePath(user, message), cancellationToken);

    private static string MessagePath(string user, string message) => $"api/v1/users/{Segment(user)}/messages/{Segment(message)}";
}
