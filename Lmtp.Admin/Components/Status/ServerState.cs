using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Status;

/// <summary>Everything that the page of the server shows, as it was at one time.</summary>
/// <param name="Time">When it was read.</param>
/// <param name="Server">What server it is.</param>
/// <param name="Health">How it is.</param>
/// <param name="Connections">Who is connected.</param>
public sealed record ServerState(
    DateTimeOffset Time, ServerResponse Server, ServerHealthResponse Health, IReadOnlyList<ConnectionResponse> Connections)
{
    internal static async Task<ServerState> ReadAsync(LmtpApiClient api, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var server = api.GetServerAsync(cancellationToken);
        var health = api.GetServerHealthAsync(cancellationToken);
        var connections = api.ListConnectionsAsync(cancellationToken);
        await Task.WhenAll(server, health, connections);
        return new ServerState(now, await server, await health, await connections);
    }
}
