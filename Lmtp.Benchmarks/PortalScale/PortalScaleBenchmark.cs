using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Lmtp.Benchmarks.EmbeddedMongo;
using Lmtp.Contracts;
using MongoDB.Driver;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>
/// How long the portal's questions take where there are many users and deliveries: database, mail server and portal as
/// processes of their own on this machine, each question timed at the HTTP API, then each page at the portal.
/// </summary>
internal static class PortalScaleBenchmark
{
    /// <summary>Fills an empty database and measures.</summary>
    /// <param name="users">How many users there are.</param>
    /// <param name="entries">How many entries the delivery log has.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task RunAsync(int users, int entries, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("portal-scale");
        try
        {
            await using var mongo = await ServerProcess.StartAsync(folder.FullName, cancellationToken).ConfigureAwait(false);
            var connection = $"mongodb://{mongo.EndPoint}";
            var (api, portal) = (ScaleServer.FreeAddress(), ScaleServer.FreeAddress());
            await using var server = await ScaleServer.StartAsync(api, connection, ScaleServer.FreePort(), cancellationToken).ConfigureAwait(false);
            using var client = new MongoClient(connection);
            await ScaleServer.WaitForIndexesAsync(client, cancellationToken).ConfigureAwait(false);

            var watch = Stopwatch.StartNew();
            var seed = new ScaleSeed(client, users, entries);
            await seed.RunAsync(cancellationToken).ConfigureAwait(false);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{users} users and {entries} log entries in {watch.Elapsed.TotalSeconds:F0} s; database {mongo.ResidentBytes >> 20} MiB resident"));

            await MeasureApiAsync(api, server, mongo, seed, cancellationToken).ConfigureAwait(false);
            await MeasurePortalAsync(portal, api, folder.FullName, seed, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureApiAsync(
        Uri api, ProgramProcess server, ServerProcess mongo, ScaleSeed seed, CancellationToken cancellationToken)
    {
        using var http = ScaleServer.Client(api);
        var report = new CallReport(http, "HTTP API, milliseconds", () => server.ProcessorTime + mongo.ProcessorTime);
        report.Begin();
        foreach (var (name, path) in ScaleCalls.OfApi(seed))
        {
            await report.MeasureAsync(name, path, cancellationToken).ConfigureAwait(false);
        }

        var (bulk, body) = ScaleCalls.BulkChange(seed);
        await report.MeasureAsync(
            "change of flags of 250 messages",
            call => new HttpRequestMessage(HttpMethod.Post, new Uri(bulk, UriKind.Relative)) { Content = JsonContent.Create(body(call)) },
            cancellationToken).ConfigureAwait(false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slowest first call: {report.SlowestFirst:F1} ms, slowest median: {report.SlowestMedian:F1} ms"));
    }

    private static async Task MeasurePortalAsync(
        Uri portal, Uri api, string folder, ScaleSeed seed, CancellationToken cancellationToken)
    {
        await using var process = await ProgramProcess.StartAsync(
            "Lmtp.Admin",
            portal,
            new Dictionary<string, string>
            {
                ["services__lmtp__http__0"] = api.ToString(),
                ["Lmtp__Api__Key"] = ScaleServer.PortalKey,
                ["Lmtp__Portal__KeyDirectory"] = Path.Combine(folder, "portal-keys"),
            },
            cancellationToken).ConfigureAwait(false);
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var http = new HttpClient(handler) { BaseAddress = portal };
        using var keyed = ScaleServer.Client(api);
        await PortalSession.SignInAsync(http, new LmtpApiClient(keyed), cancellationToken).ConfigureAwait(false);

        var report = new CallReport(http, "Page of the portal, milliseconds", () => process.ProcessorTime);
        report.Begin();
        foreach (var (name, path) in ScaleCalls.OfPortal(seed))
        {
            await report.MeasureAsync(name, path, cancellationToken).ConfigureAwait(false);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slowest first call: {report.SlowestFirst:F1} ms, slowest median: {report.SlowestMedian:F1} ms"));
    }
}
