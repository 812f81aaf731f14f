using System.Globalization;
using Lmtp.Tests.Integration.WildDuck;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>An unmodified WildDuck, all its servers, on this database: delivery, IMAP and the stored documents.</summary>
public sealed class WildDuckTests
{
    [Fact]
    public async Task WildDuck_stores_and_serves_the_corpus_as_on_its_own_database()
    {
        var tools = SharedData.RequireDirectory("tools/wildduck-e2e");
        var corpus = SharedData.RequireDirectory("corpus/eml");
        var golden = SharedData.RequireDirectory("corpus/golden");
        var modules = WildDuckPackages.Require();

        using var directory = new TemporaryDirectory();
        await using var server = await MongoTestServer.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        await using var wildDuck = await WildDuckServer.StartAsync(modules, server.Uri, "wildduck", redis.Port, redisDatabase: 3, directory.Path);

        var output = await NodeDriver.RunAsync(
            NodeDriver.Script("wildduck-check.js"),
            Path.Combine(tools, "check.js"),
            modules,
            string.Create(CultureInfo.InvariantCulture, $"{wildDuck.Ports.Api}"),
            string.Create(CultureInfo.InvariantCulture, $"{wildDuck.Ports.Imap}"),
            "--lmtp", wildDuck.Lmtp.ToString(),
            "--mongo", string.Create(CultureInfo.InvariantCulture, $"{new Uri(server.Uri).Port}"),
            "--eml", corpus,
            "--golden", golden);
        TestContext.Current.TestOutputHelper?.WriteLine(output);
        Assert.Contains(" 0 failed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"same\":0", output, StringComparison.Ordinal);
    }
}
