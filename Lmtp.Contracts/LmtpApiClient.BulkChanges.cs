namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Sets flags of many messages of a mailbox, or takes them away.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="mailbox">The id of the mailbox that they are in.</param>
    /// <param name="request">The messages, and what to change.</param>
    /// <param name="cancellationToken">Gives up waiting; what has been changed stays so.</param>
    public Task<BulkChangeResponse> UpdateMessagesAsync(
        string user, string mailbox, UpdateMessagesRequest request, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Post,
            $"{BulkPath(user, mailbox)}/flags",
            request,
            Json.UpdateMessagesRequest,
            Json.BulkChangeResponse,
            cancellationToken);

    /// <summary>Moves many messages of a mailbox to another one, where they have new ids.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="mailbox">The id of the mailbox that they are in.</param>
    /// <param name="request">The messages, and where they go.</param>
    /// <param name="cancellationToken">Gives up waiting; what has been moved stays so.</param>
    public Task<BulkChangeResponse> MoveMessagesAsync(
        string user, string mailbox, MoveMessagesRequest request, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Post, $"{BulkPath(user, mailbox)}/move", request, Json.MoveMessagesRequest, Json.BulkChangeResponse, cancellationToken);

    /// <summary>Deletes many messages of a mailbox.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="mailbox">The id of the mailbox that they are in.</param>
    /// <param name="request">The messages.</param>
    /// <param name="cancellationToken">Gives up waiting; what has been deleted stays so.</param>
    public Task<BulkChangeResponse> DeleteMessagesAsync(
        string user, string mailbox, DeleteMessagesRequest request, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Post, $"{BulkPath(user, mailbox)}/delete", request, Json.DeleteMessagesRequest, Json.BulkChangeResponse, cancellationToken);

    private static string BulkPath(string user, string mailbox) => $"api/v1/users/{Segment(user)}/mailboxes/{Segment(mailbox)}/messages";
}
