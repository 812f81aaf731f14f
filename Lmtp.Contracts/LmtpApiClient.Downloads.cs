namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Downloads an attachment, decoded.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="part">The attachment's name within the message, such as <c>ATT00001</c>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<DownloadedFile> DownloadPartAsync(
        string user, string message, string part, CancellationToken cancellationToken = default) =>
        DownloadAsync($"{MessagePath(user, message)}/parts/{Segment(part)}", cancellationToken);

    /// <summary>Downloads a message as it is kept, byte for byte, without having it in memory.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<DownloadedFile> DownloadRawMessageAsync(string user, string message, CancellationToken cancellationToken = default) =>
        DownloadAsync($"{MessagePath(user, message)}/raw", cancellationToken);

    private async Task<DownloadedFile> DownloadAsync(string path, CancellationToken cancellationToken)
    {
        var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return new DownloadedFile(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }
}
