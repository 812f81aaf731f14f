namespace Lmtp.Tests.Integration.EmbeddedMongo;

public sealed class NodeDriverTests
{
    [Fact]
    public async Task Official_driver_works_over_tcp()
    {
        var driver = NodeDriver.Require();
        await using var server = await MongoTestServer.StartAsync();
        Assert.Equal("ok\n", await NodeDriver.RunAsync(NodeDriver.Script("smoke.js"), driver, server.Uri));
    }

    [Fact]
    public async Task Official_driver_works_over_a_unix_socket()
    {
        var driver = NodeDriver.Require();
        var folder = Directory.CreateTempSubdirectory("lmtp-sock-");
        try
        {
            await using var server = await MongoTestServer.StartAsync(new Dictionary<string, string?>
            {
                ["Port"] = "-1",
                ["Socket"] = Path.Combine(folder.FullName, "mongo.sock"),
            });
            Assert.Equal("ok\n", await NodeDriver.RunAsync(NodeDriver.Script("smoke.js"), driver, server.Uri));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Official_driver_authenticates_with_scram()
    {
        var driver = NodeDriver.Require();
        await using var server = await MongoTestServer.StartAsync(new Dictionary<string, string?>
        {
            ["User"] = "mail",
            ["Password"] = "a,=secret",
        });
        var uri = server.Uri.Replace("mongodb://", "mongodb://mail:a%2C%3Dsecret@", StringComparison.Ordinal)
            + "/?authMechanism=SCRAM-SHA-256&authSource=admin";
        Assert.Equal("ok\n", await NodeDriver.RunAsync(NodeDriver.Script("smoke.js"), driver, uri));
    }
}
