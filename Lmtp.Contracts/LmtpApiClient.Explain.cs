namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Says what would become of a message for a user, and why, without storing it.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="request">The message.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<DeliveryResponse> ExplainAsync(string user, ExplainRequest request, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Post, $"api/v1/users/{Segment(user)}/explain", request, Json.ExplainRequest, Json.DeliveryResponse, cancellationToken);

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
}
