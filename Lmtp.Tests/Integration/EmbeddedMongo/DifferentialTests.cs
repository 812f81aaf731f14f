using System.Globalization;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>Random commands to this server and to an independent, much simpler one must be answered alike.</summary>
public sealed class DifferentialTests
{
    private const int Rounds = 40;

    [Fact]
    public async Task Random_commands_are_answered_as_by_the_stand_in()
    {
        var driver = NodeDriver.Require();
        var modules = Path.GetDirectoryName(NodeDriver.RequireModule("mingo"))!;
        Assert.SkipUnless(Directory.Exists(Path.Combine(modules, "bson")), "Node's module bson is not installed beside mingo.");
        var standIn = SharedData.RequireFile("tools/wildduck-e2e/fakemongo.js");
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var server = await MongoTestServer.StartAsync();
        var output = await NodeDriver.RunAsync(
            NodeDriver.Script("differential.js"),
            driver,
            modules,
            standIn,
            server.Uri,
            seed.ToString(CultureInfo.InvariantCulture),
            Rounds.ToString(CultureInfo.InvariantCulture));
        Assert.EndsWith(" answers compared\n", output, StringComparison.Ordinal);
    }
}
