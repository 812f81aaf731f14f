using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Distributed;

/// <summary>What the programs say to whoever starts them by hand.</summary>
public sealed class ProgramStartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Lmtp.Server", "--help", "Usage: Lmtp.Server")]
    [InlineData("Lmtp.Server", "-h", "Usage: Lmtp.Server")]
    [InlineData("Lmtp.Admin", "--help", "Usage: Lmtp.Admin")]
    [InlineData("Lmtp.AppHost", "--help", "Usage: dotnet run --project Lmtp.AppHost")]
    [InlineData("Lmtp.EmbeddedMongo", "--help", "Usage: Lmtp.EmbeddedMongo")]
    public async Task Help_is_printed_and_nothing_is_started(string program, string argument, string usage)
    {
        var (code, output) = await RunAsync(program, [argument]);

        Assert.Equal(0, code);
        Assert.Contains(usage, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_not_told_of_a_database_says_how_to_name_one()
    {
        var (code, output) = await RunAsync("Lmtp.Server", []);

        Assert.Equal(1, code);
        Assert.StartsWith("ConnectionStrings:maildb is missing", Assert.Single(Lines(output)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_string_that_cannot_be_read_is_refused_without_being_shown()
    {
        var (code, output) = await RunAsync("Lmtp.Server", ["--ConnectionStrings:maildb=postgres://ann:hush-hush@db.example/mail"]);

        Assert.Equal(1, code);
        Assert.StartsWith("ConnectionStrings:maildb cannot be read", Assert.Single(Lines(output)), StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_of_the_settings_are_named_without_a_stack_trace()
    {
        var (code, output) = await RunAsync("Lmtp.Server",
        [
            "--ConnectionStrings:maildb=mongodb://127.0.0.1:1/mail",
            "--Lmtp:Limits:MaxRecipients=0",
            "--Lmtp:Storage:UpkeepInterval=00:00:00",
            "--Lmtp:Api:Key=short",
        ]);

        Assert.Equal(1, code);
        Assert.Collection(
            Lines(output).Order(StringComparer.Ordinal),
            line => Assert.Contains("Lmtp:Api:Key", line, StringComparison.Ordinal),
            line => Assert.Contains("Lmtp:Limits:MaxRecipients", line, StringComparison.Ordinal),
            line => Assert.Contains("Lmtp:Storage:UpkeepInterval", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Value_of_a_wrong_type_is_refused_with_its_key()
    {
        var (code, output) = await RunAsync(
            "Lmtp.Server", ["--ConnectionStrings:maildb=mongodb://127.0.0.1:1/mail", "--Lmtp:Limits:MaxRecipients=many"]);

        Assert.Equal(1, code);
        Assert.Contains("Lmtp:Limits:MaxRecipients", Assert.Single(Lines(output)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_that_somebody_else_has_is_named_last()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (code, output) = await RunAsync("Lmtp.Server",
        [
            "--ConnectionStrings:maildb=mongodb://127.0.0.1:1/mail",
            "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0",
            string.Create(CultureInfo.InvariantCulture, $"--Lmtp:Listeners:0:Port={port}"),
        ]);

        Assert.Equal(1, code);
        Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{port}: address already in use."), Lines(output)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Portal_without_its_key_says_which_one_is_meant()
    {
        var (code, output) = await RunAsync("Lmtp.Admin", []);

        Assert.Equal(1, code);
        Assert.StartsWith("Lmtp:Api:Key is missing", Assert.Single(Lines(output)), StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments)
    {
        using var folder = new TemporaryDirectory();
        var nothingSet = new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["MONGO_URL"] = null };
        await using var child = ChildProcess.Start("dotnet", [Repository.Assembly(program), .. arguments], nothingSet, folder.Path);
        await child.WaitForExitAsync(TimeSpan.FromMinutes(2), Token);
        return (child.ExitCode, child.Output);
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
