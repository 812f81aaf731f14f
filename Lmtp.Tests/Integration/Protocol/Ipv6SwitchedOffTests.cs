using System.Globalization;
using System.Text.RegularExpressions;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>The server as a process of its own where IPv6 is switched off. It is greeted without a database.</summary>
public sealed partial class Ipv6SwitchedOffTests
{
    private const string Greeting = "220 mx.example.test LMTP ready";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("*", "0.0.0.0")]
    public async Task Server_starts_on_ipv4_where_the_runtime_has_no_ipv6(string host, string bound)
    {
        using var folder = new TemporaryDirectory();
        var environment = Settings(host);
        environment["DOTNET_SYSTEM_NET_DISABLEIPV6"] = "1";
        await using var server = ChildProcess.Start("dotnet", [Repository.Assembly("Lmtp.Server")], environment, folder.Path);

        var (address, port) = await ListeningAsync(server);

        await using var client = await LmtpClient.ConnectAsync(port);
        Assert.Equal((bound, Greeting), (address, await client.ReadReplyAsync()));
    }

    /// <summary>As in a container on a network without IPv6: the kernel knows it, but there is not even its loopback address.</summary>
    [Theory]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("*", "[::]")]
    public async Task Server_starts_where_the_system_has_no_address_of_ipv6(string host, string bound)
    {
        Assert.SkipUnless(await CanUnshareAsync(), "This machine does not let a test have a network of its own (unshare --net).");
        using var folder = new TemporaryDirectory();
        await using var server = ChildProcess.Start(
            "unshare",
            [
                "--net", "--map-root-user", "sh", "-c",
                "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6 && ip link set lo up && exec dotnet \"$0\"", Repository.Assembly("Lmtp.Server"),
            ],
            Settings(host),
            folder.Path);

        var (address, port) = await ListeningAsync(server);

        var (_, greeting) = await ChildProcess.RunAsync(
            "nsenter",
            [$"--target={server.Id}", "--user", "--preserve-credentials", "--net", "bash", "-c", $"exec 3<>/dev/tcp/127.0.0.1/{port} && head -n 1 <&3"],
            Cancellation);
        Assert.Equal((bound, Greeting), (address, greeting.Trim()));
    }

    private static Dictionary<string, string?> Settings(string host) => new()
    {
        ["Lmtp__ServerName"] = "mx.example.test",
        ["Lmtp__Listeners__0__Host"] = host,
        ["Lmtp__Listeners__0__Port"] = "0",
        ["Lmtp__Listeners__0__ClientNetworks__0"] = "127.0.0.1",
        ["Kestrel__Endpoints__Http__Url"] = "http://127.0.0.1:0",
        ["ConnectionStrings__maildb"] = "mongodb://127.0.0.1:1/mail",
        ["DOTNET_ENVIRONMENT"] = "Production",
    };

    private static async Task<(string Address, int Port)> ListeningAsync(ChildProcess server)
    {
        var line = await server.WaitForLineAsync(line => Listening().IsMatch(line), StartLimit, Cancellation);
        var match = Listening().Match(line);
        return (match.Groups[1].Value, int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
    }

    private static async Task<bool> CanUnshareAsync()
    {
        try
        {
            var (exitCode, _) = await ChildProcess.RunAsync(
                "unshare",
                ["--net", "--map-root-user", "sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6 && ip link set lo up && command -v nsenter bash"],
                Cancellation);
            return exitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    [GeneratedRegex(@"LMTP on (\S+):(\d+) \(")]
    private static partial Regex Listening();
}
