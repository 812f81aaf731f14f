namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>How the server and what it needs are.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<ServerHealthResponse> GetServerHealthAsync(CancellationToken cancellationToken = default) =>
        GetAsync("api/v1/server/health", Json.ServerHealthResponse, cancellationToken);
}
