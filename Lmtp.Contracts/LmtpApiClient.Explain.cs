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
}
