using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>The mail server that is measured, on a free port of this machine.</summary>
internal static class ScaleServer
{
    /// <summary>The key of the portal.</summary>
    public const string PortalKey = "portal-0123456789abcdef012345678";

    private const string ApiKey = "0123456789abcdef0123456789abcdef";

    /// <summary>An address where nobody listens yet.</summary>
    public static Uri FreeAddress() => new($"http://127.0.0.1:{FreePort()}");

    /// <summary>Starts the server.</summary>
    /// <param name="api">Where it listens for HTTP.</param>
    /// <param name="connection">The database.</param>
    /// <param name="lmtpPort">Where it listens for LMTP.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<ProgramProcess> StartAsync(Uri api, string connection, int lmtpPort, CancellationToken cancellationToken) =>
        ProgramProcess.StartAsync(
            "Lmtp.Server",
            api,
            new Dictionary<string, string>
            {
                ["LMTP_PORT"] = lmtpPort.ToString(CultureInfo.InvariantCulture),
                ["ConnectionStrings__maildb"] = $"{connection}/mail",
                ["Lmtp__Api__Key"] = ApiKey,
                ["Lmtp__Api__PortalKey"] = PortalKey,
            },
            cancellationToken);

    /// <summary>A client with a key that may do everything.</summary>
    public static HttpClient Client(Uri api)
    {
        var http = new HttpClient { BaseAddress = api };
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, ApiKey);
        return http;
    }

    /// <summary>Waits until the server, which makes them in the background, has made the last ones: those of the delivery log.</summary>
    public static async Task WaitForIndexesAsync(MongoClient client, CancellationToken cancellationToken)
    {
        var expected = Lmtp.Server.Storage.IndexCatalog.All.Count(index => index.Collection == "deliverylog") + 1;
        var log = client.GetDatabase("lmtp").GetCollection<BsonDocument>("deliverylog");
        for (var count = 0; count < expected;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(false);
            using var indexes = await log.Indexes.ListAsync(cancellationToken).ConfigureAwait(false);
            count = (await indexes.ToListAsync(cancellationToken).ConfigureAwait(false)).Count;
        }
    }

    /// <summary>A port where nobody listens yet.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
