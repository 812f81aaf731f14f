using System.Text.Json;

namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>How the server and what it needs are.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<ServerHealthResponse> GetServerHealthAsync(CancellationToken cancellationToken = default) =>
        GetAsync("api/v1/server/health", Json.ServerHealthResponse, cancellationToken);

    /// <summary>The LMTP connections that are open at the server that answers, the oldest first.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<ConnectionResponse>> ListConnectionsAsync(CancellationToken cancellationToken = default) =>
        GetAsync("api/v1/server/connections", Json.IReadOnlyListConnectionResponse, cancellationToken);

    /// <summary>Ends a connection: what has begun is finished, then the client is answered 421.</summary>
    /// <param name="connection">The connection's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task CloseConnectionAsync(string connection, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/server/connections/{Segment(connection)}", cancellationToken);

    /// <summary>The settings in force by their sections, defaults included, secrets masked.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Dictionary<string, JsonElement>> GetConfigurationAsync(CancellationToken cancellationToken = default) =>
        GetAsync("api/v1/server/configuration", Json.DictionaryStringJsonElement, cancellationToken);
}
