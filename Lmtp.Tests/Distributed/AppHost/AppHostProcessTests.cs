using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Distributed.AppHost;

/// <summary>The AppHost as a newcomer runs it: a process with a console.</summary>
public sealed partial class AppHostProcessTests
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Interrupt_stops_everything_and_leaves_no_process_behind()
    {
        using var data = new TemporaryDirectory();
        await using var appHost = AppHostProcess.Start(data);
        await AppHostProcess.WaitForTableAsync(appHost);
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
        await using var appHost = AppHostProcess.Start(data);
        await AppHostProcess.WaitForTableAsync(appHost);
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
        await using (var first = AppHostProcess.Start(data))
        {
            stored = await DeliverAsync(LmtpEndPoint(await AppHostProcess.WaitForTableAsync(first)));
            first.Interrupt();
            await first.WaitForExitAsync(StopDeadline, Cancellation);
        }

        await using var second = AppHostProcess.Start(data);
        var table = await AppHostProcess.WaitForTableAsync(second);

        using var http = new HttpClient { BaseAddress = new Uri(Api().Match(table).Groups[1].Value) };
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, AppHostProcess.ApiKey);
        var api = new LmtpApiClient(http);
        var alice = (await api.ListUsersAsync("alice", cancellationToken: Cancellation)).Items.Single();
        var raw = await api.GetRawMessageAsync(alice.Id, stored, Cancellation);
        Assert.Contains("Still here after a restart.", Encoding.ASCII.GetString(raw), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fault_in_the_settings_is_one_line_and_an_exit_code()
    {
        using var data = new TemporaryDirectory();
        await using var appHost = AppHostProcess.Start(data, "--Lmtp:Data=nonsense");

        await appHost.WaitForExitAsync(AppHostProcess.StartDeadline, Cancellation);

        Assert.Equal(1, appHost.ExitCode);
        Assert.Equal("Lmtp:Data is 'nonsense', but has to be auto, embedded, container or connection.", appHost.Output.Trim());
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

    [GeneratedRegex(@"stored as ([0-9a-f]{24})")]
    private static partial Regex StoredId();
}
