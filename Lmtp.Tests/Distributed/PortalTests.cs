using Aspire.Hosting.Testing;
using Lmtp.Contracts;
using Lmtp.Tests.Browser;
using Lmtp.Tests.Processes;
using Microsoft.Playwright;

namespace Lmtp.Tests.Distributed;

public sealed class PortalTests
{
    [Fact]
    public async Task Portal_shows_the_demonstration_users_in_a_browser()
    {
        Assert.SkipUnless(Chromium.IsInstalled, Chromium.Missing);
        var cancellationToken = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        await using var system = await RunningAppHost.StartAsync(data.Path, cancellationToken);
        await WaitForDemonstrationUsersAsync(system, cancellationToken);
        var link = await system.Api.AddPortalLinkAsync(new PortalLinkRequest(), cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);

        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(PortalSystem.PageLimitMilliseconds);
        await page.GotoAsync(new Uri(system.Application.GetEndpoint("admin", "http"), $"welcome#{link.Token}").ToString());
        await PortalSystem.ChooseAsync(page, "first");
        await page.Locator("main[data-interactive=true]").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Users", Exact = true }).ClickAsync();

        await page.GetByText("alice@example.test").WaitForAsync();
        await page.GetByText("bob@example.test").WaitForAsync();
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
