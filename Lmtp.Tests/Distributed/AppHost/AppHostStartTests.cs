using System.Net;
using System.Text.RegularExpressions;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Distributed.AppHost;

/// <summary>What a start of the AppHost shows, which one start is enough for.</summary>
public sealed partial class AppHostStartTests(AppHostStartTests.Started started) : IClassFixture<AppHostStartTests.Started>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_prints_one_table_of_where_everything_is()
    {
        var table = await AppHostProcess.WaitForTableAsync(started.AppHost);

        Assert.Matches(@"mongo\s+Healthy\s+127\.0\.0\.1:\d+", table);
        Assert.Matches(@"redis\s+Healthy\s+127\.0\.0\.1:\d+", table);
        Assert.Matches(@"lmtp\s+Healthy\s+LMTP \S+:\d+\s+API http://\S+:\d+", table);
        Assert.Matches(@"admin\s+Healthy\s+portal http://\S+:\d+", table);
        Assert.Contains($"data directory {started.Data.Path}", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_in_link_of_the_verb_opens_the_portal()
    {
        var table = await AppHostProcess.WaitForTableAsync(started.AppHost);
        var api = new Uri(Api().Match(table).Groups[1].Value);
        var portal = new Uri(Portal().Match(table).Groups[1].Value);

        await using var verb = ChildProcess.Start(
            "dotnet",
            [
                Repository.Assembly("Lmtp.AppHost"), "sign-in-link", $"--Parameters:api-key={AppHostProcess.ApiKey}",
                $"--Lmtp:Ports:Api={api.Port}", $"--Lmtp:Ports:Portal={portal.Port}",
            ]);
        await verb.WaitForExitAsync(AppHostProcess.StartDeadline, Cancellation);

        Assert.Equal(0, verb.ExitCode);
        var link = new Uri(verb.Output.Split('\n')[0].Trim());
        Assert.Equal(new Uri(portal, "welcome"), new Uri(link.GetLeftPart(UriPartial.Path)));
        using var http = new HttpClient { BaseAddress = api };
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, $"portal-{AppHostProcess.ApiKey}");
        Assert.Equal(PortalRole.Admin, (await new LmtpApiClient(http).FindPortalLinkAsync(link.Fragment[1..], Cancellation)).Role);
        using var page = await http.GetAsync(link, Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Secret_of_the_first_sign_in_is_not_written_where_the_output_is_no_terminal()
    {
        await started.AppHost.WaitForLineAsync(
            line => line.Contains("sign-in-link", StringComparison.Ordinal), AppHostProcess.StartDeadline, Cancellation);

        Assert.DoesNotContain("welcome#", started.AppHost.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"API (http://\S+)")]
    private static partial Regex Api();

    [GeneratedRegex(@"portal (http://\S+)")]
    private static partial Regex Portal();

    /// <summary>The AppHost, started once.</summary>
    public sealed class Started : IAsyncLifetime
    {
        internal TemporaryDirectory Data { get; } = new();

        internal ChildProcess AppHost { get; private set; } = null!;

        public ValueTask InitializeAsync()
        {
            AppHost = AppHostProcess.Start(Data);
            return ValueTask.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            await AppHost.DisposeAsync();
            Data.Dispose();
        }
    }
}
