using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Distributed.AppHost;

/// <summary>The AppHost as a newcomer runs it: a process with a console.</summary>
public sealed partial class AppHostProcessTests
{
    private const string ApiKey = "0123456789abcdef0123456789abcdef";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_prints_one_table_of_where_everything_is()
    {
        using var data = new TemporaryDirectory();
        await using var appHost = Start(data);

        var table = await WaitForTableAsync(appHost);

        Assert.Matches(@"mongo\s+Healthy\s+127\.0\.0\.1:\d+", table);
        Assert.Matches(@"redis\s+Healthy\s+127\.0\.0\.1:\d+", table);
        Assert.Matches(@"lmtp\s+Healthy\s+LMTP \S+:\d+\s+API http://\S+:\d+", table);
        Assert.Matches(@"admin\s+Healthy\s+portal http://\S+:\d+", table);
        Assert.Contains($"data directory {data.Path}", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_stops_everything_and_leaves_no_process_behind()
    {
        using var data = new TemporaryDirectory();
        await using var appHost = Start(data);
        await WaitForTableAsync(appHost);
        var children = ProcessTree.Descendants(appHost.Id);
        Assert.NotEmpty(children);

        appHost.Interrupt();
        await appHost.WaitForExitAsync(StopDeadline, Cancellation);

        Assert.Equal(0, appHost.ExitCode);
        await ProcessTree.WaitForEndAsync(children, StopDeadline);
    }

    [Fact]
    public async Task Killing_the_AppHost_ends_all_its_children()
    {
        using var data = new TemporaryDirectory();
        await using var appHost = Start(data);
        await WaitForTableAsync(appHost);
        var children = ProcessTree.Descendants(appHost.Id);
        Assert.NotEmpty(children);

        await appHost.KillAsync(Cancellation);

        await ProcessTree.WaitForEndAsync(children, StopDeadline);
    }

    [Fact]
    public async Task Second_start_finds_the_mail_of_the_first()
    {
        using var data = new TemporaryDirectory();
        string stored;
        await using (var first = Start(data))
        {
            stored = await DeliverAsync(LmtpEndPoint(await WaitForTableAsync(first)));
            first.Interrupt();
            await first.WaitForExitAsync(StopDeadline, Cancellation);
        }

        await using var second = Start(data);
        var table = await WaitForTableAsync(second);

        using var http = new HttpClient { BaseAddress = new Uri(Api().Match(table).Groups[1].Value) };
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, ApiKey);
        var api = new LmtpApiClient(http);
        var alice = (await api.ListUsersAsync("alice", cancellationToken: Cancellation)).Items.Single();
        var raw = await api.GetRawMessageAsync(alice.Id, stored, Cancellation);
        Assert.Contains("Still here after a restart.", Encoding.ASCII.GetString(raw), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fault_in_the_settings_is_one_line_and_an_exit_code()
    {
        using var data = new TemporaryDirectory();
        await using var appHost = Start(data, "--Lmtp:Data=nonsense");

        await appHost.WaitForExitAsync(StartDeadline, Cancellation);

        Assert.Equal(1, appHost.ExitCode);
        Assert.Equal("Lmtp:Data is 'nonsense', but has to be auto, embedded, container or connection.", appHost.Output.Trim());
    }

    [Fact]
    public async Task Sign_in_link_of_the_verb_opens_the_portal()
    {
        using var data = new TemporaryDirectory();
        await using var appHost = Start(data);
        var table = await WaitForTableAsync(appHost);
        var api = new Uri(Api().Match(table).Groups[1].Value);
        var portal = new Uri(Portal().Match(table).Groups[1].Value);

        await using var verb = ChildProcess.Start(
            "dotnet",
            [
                Repository.Assembly("Lmtp.AppHost"), "sign-in-link", $"--Parameters:api-key={ApiKey}",
                $"--Lmtp:Ports:Api={api.Port}", $"--Lmtp:Ports:Portal={portal.Port}",
            ]);
        await verb.WaitForExitAsync(StartDeadline, Cancellation);

        Assert.Equal(0, verb.ExitCode);
        var link = new Uri(verb.Output.Split('\n')[0].Trim());
        Assert.Equal(new Uri(portal, "welcome"), new Uri(link.GetLeftPart(UriPartial.Path)));
        using var http = new HttpClient { BaseAddress = api };
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, $"portal-{ApiKey}");
        Assert.Equal(PortalRole.Admin, (await new LmtpApiClient(http).FindPortalLinkAsync(link.Fragment[1..], Cancellation)).Role);
        using var page = await http.GetAsync(link, Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Secret_of_the_first_sign_in_is_not_written_where_the_output_is_no_terminal()
    {
        using var data = new TemporaryDirectory();
        await using var appHost = Start(data);

        await appHost.WaitForLineAsync(line => line.Contains("sign-in-link", StringComparison.Ordinal), StartDeadline, Cancellation);

        Assert.DoesNotContain("welcome#", appHost.Output, StringComparison.Ordinal);
    }

    private static ChildProcess Start(TemporaryDirectory data, params string[] arguments) => ChildProcess.Start(
        "dotnet",
        [
            Repository.Assembly("Lmtp.AppHost"), "--Lmtp:Data=embedded", $"--Lmtp:DataDirectory={data.Path}", $"--Parameters:api-key={ApiKey}", $"--Parameters:portal-key=portal-{ApiKey}",
            "--Lmtp:Ports:Lmtp=0", "--Lmtp:Ports:Api=0", "--Lmtp:Ports:Portal=0", "--Lmtp:Ports:Mongo=0", "--Lmtp:Ports:Redis=0", .. arguments,
        ],
        new Dictionary<string, string?> { ["DOTNET_ENVIRONMENT"] = "Development" });

    private static async Task<string> WaitForTableAsync(ChildProcess appHost)
    {
        await appHost.WaitForLineAsync(line => line.TrimStart().StartsWith("data directory", StringComparison.Ordinal), StartDeadline, Cancellation);
        var output = appHost.Output;
        return output[output.LastIndexOf("resource  ", StringComparison.Ordinal)..];
    }

    private static IPEndPoint LmtpEndPoint(string table) => IPEndPoint.Parse(Lmtp().Match(table).Groups[1].Value);

    /// <summary>Delivers one mail to a demonstration user, and returns the id under which it was stored.</summary>
    private static async Task<string> DeliverAsync(IPEndPoint endPoint)
    {
        await using var client = await LmtpClient.OpenAsync(endPoint, Cancellation);
        Assert.StartsWith("250", await client.CommandAsync("MAIL FROM:<sender@example.org>", Cancellation), StringComparison.Ordinal);
        Assert.StartsWith("250", await client.CommandAsync("RCPT TO:<alice@example.test>", Cancellation), StringComparison.Ordinal);
        Assert.StartsWith("354", await client.CommandAsync("DATA", Cancellation), StringComparison.Ordinal);
        var reply = await client.CommandAsync("Subject: kept\r\n\r\nStill here after a restart.\r\n.", Cancellation);
        Assert.StartsWith("250 2.1.5", reply, StringComparison.Ordinal);
        return StoredId().Match(reply).Groups[1].Value;
    }

    [GeneratedRegex(@"LMTP (\S+:\d+)")]
    private static partial Regex Lmtp();

    [GeneratedRegex(@"API (http://\S+)")]
    private static partial Regex Api();

    [GeneratedRegex(@"portal (http://\S+)")]
    private static partial Regex Portal();

    [GeneratedRegex(@"stored as ([0-9a-f]{24})")]
    private static partial Regex StoredId();
}
