using System.Globalization;
using System.Text.RegularExpressions;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

[Collection(BrowserTestGroup.Name)]
public sealed partial class OverviewTests(PortalSystem portal) : IAsyncDisposable
{
    /// <summary>The page reads four times a minute, the server writes now and then, and the machine may have much else to do.</summary>
    private static readonly TimeSpan UpdateLimit = TimeSpan.FromMinutes(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Fact]
    public async Task Delivery_appears_without_a_reload()
    {
        var page = await portal.OpenAsync();

        // So long a time that nothing of what other tests delivered passes out of it meanwhile.
        await page.ShowAsync("/?range=6h");
        var figure = page.Locator(".figure", new PageLocatorOptions { HasText = "Deliveries a second" });
        var before = Count(await figure.InnerTextAsync());

        await DeliverAsync(await portal.Api.NewUserAsync());

        await Eventually.TrueAsync(async () => Count(await figure.InnerTextAsync()) > before, UpdateLimit);
    }

    [Fact]
    public async Task Charts_are_tables_too_and_domains_have_their_numbers()
    {
        await ShowDeliveryAsync();
        var page = await portal.OpenAsync();
        await page.ShowAsync("/?range=15m");
        await page.Locator("time-chart canvas").First.WaitForAsync();

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Table (Deliveries a second)" }).ClickAsync();

        var rows = page.Locator(".chart-table tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(16);
        await page.GetByText("api.test", new PageGetByTextOptions { Exact = true }).First.WaitForAsync();
    }

    [Fact]
    public async Task Outcomes_latency_queues_and_storage_have_their_numbers()
    {
        await ShowDeliveryAsync();
        var page = await portal.OpenAsync();
        await page.ShowAsync("/");

        await Assertions.Expect(page.Locator(".figure").Filter(new() { HasText = "Latency, p95" })).ToContainTextAsync(new Regex("[0-9]\\sm?s"));
        await Assertions.Expect(Region(page, "Waiting").GetByRole(AriaRole.Definition)).ToHaveTextAsync(Enumerable.Repeat(new Regex("^[0-9,]+$"), 4));
        await Assertions.Expect(Region(page, "Storage").GetByRole(AriaRole.Definition).First).ToHaveTextAsync(new Regex("^[0-9,]+$"));
        await Region(page, "Outcomes").GetByRole(AriaRole.Link, new() { Name = "Stored", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/deliveries?outcome=stored");
        await Assertions.Expect(page.Locator(".delivery").First).ToContainTextAsync("Stored");
    }

    [Fact]
    public async Task Chart_has_its_contents_in_words()
    {
        await ShowDeliveryAsync();
        var page = await portal.OpenAsync();
        await page.ShowAsync("/");

        await Assertions.Expect(page.Locator("time-chart").First).ToHaveAttributeAsync("aria-label", Words());
    }

    [Fact]
    public async Task Range_is_chosen_by_keyboard_and_stays_in_the_address()
    {
        var page = await portal.OpenAsync();
        await page.ShowAsync("/");

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "30 d" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.Locator("[aria-current=true]", new PageLocatorOptions { HasText = "30 d" }).WaitForAsync();
        Assert.EndsWith("?range=30d", page.Url, StringComparison.Ordinal);
    }

    private static ILocator Region(IPage page, string title) => page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });

    private async Task ShowDeliveryAsync()
    {
        await DeliverAsync(await portal.Api.NewUserAsync());
        await Eventually.TrueAsync(async () =>
            (await portal.Api.Api.GetStatisticsAsync(cancellationToken: Token)).Total.Outcomes.ContainsKey("stored"));
    }

    private async Task DeliverAsync(UserResponse user)
    {
        await using var client = await LmtpClient.OpenAsync(portal.Api.System.Lmtp, Token);
        await client.DeliverAsync("sender@friend.test", [user.Address], "Subject: Hello\r\n\r\nText\r\n"u8.ToArray(), Token);
    }

    [GeneratedRegex(@"^Deliveries a second\. Delivered: at most [0-9.]+/s, at last [0-9.]+/s")]
    private static partial Regex Words();

    private static long Count(string figure) => long.Parse(
        InTimeShown().Match(figure).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex("([0-9,]+) in the time shown")]
    private static partial Regex InTimeShown();
}
