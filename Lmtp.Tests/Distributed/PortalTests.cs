using Aspire.Hosting.Testing;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Distributed;

public sealed class PortalTests
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Quiet =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    [Fact]
    public async Task Portal_shows_the_demonstration_users_in_a_browser()
    {
        var browser = Browsers.FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, "chromium is not installed (Debian package chromium).");
        var cancellationToken = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        using var profile = new TemporaryDirectory();
        await using var system = await RunningAppHost.StartAsync(data.Path, cancellationToken);
        await WaitForDemonstrationUsersAsync(system, cancellationToken);

        var portal = system.Application.GetEndpoint("admin", "http");
        var page = await ChildProcess.RunAsync(
            browser!,
            [.. Quiet, $"--user-data-dir={profile.Path}", "--virtual-time-budget=20000", "--dump-dom", portal.ToString()],
            cancellationToken);

        Assert.Contains("alice@example.test", page.Output, StringComparison.Ordinal);
        Assert.Contains("bob@example.test", page.Output, StringComparison.Ordinal);
    }

    private static async Task WaitForDemonstrationUsersAsync(RunningAppHost system, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await system.Api.ListUsersAsync(cancellationToken: cancellationToken)).Items.Count < 2)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
