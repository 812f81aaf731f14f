namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Asks an LMTP server for its greeting and capabilities.</summary>
    /// <param name="request">The server.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<LmtpConnectResponse> ConnectAsync(LmtpConnectRequest request, CancellationToken cancellationToken = default) =>
        SendJsonAsync(
            HttpMethod.Post, "api/lmtp/connect", request, Json.LmtpConnectRequest, Json.LmtpConnectResponse, cancellationToken);

    /// <summary>Hands a test message to an LMTP server.</summary>
    /// <param name="request">The message and the server.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<LmtpSendResponse> SendAsync(LmtpSendRequest request, CancellationToken cancellationToken = default) =>
        SendJsonAsync(HttpMethod.Post, "api/lmtp/send", request, Json.LmtpSendRequest, Json.LmtpSendResponse, cancellationToken);

    /// <summary>Asks an LMTP server for its greeting and capabilities, without a body: for what can send only a URL.</summary>
    /// <param name="request">Whom to ask.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<LmtpConnectResponse> ConnectByQueryAsync(LmtpConnectRequest request, CancellationToken cancellationToken = default) =>
        GetAsync(
            Query(
                "api/lmtp/connect",
                ("host", request.Host),
                ("port", request.Port),
                ("timeout", request.Timeout),
                ("tls", request.Tls)),
            Json.LmtpConnectResponse,
            cancellationToken);
}
