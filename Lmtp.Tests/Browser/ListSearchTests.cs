using System.Globalization;
using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>Searches that the address of a page keeps.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class ListSearchTests(PortalSystem portal) : IAsyncDisposable
{
    /// <summary>Longer than the pause after which the list searches, so that many searches are under way.</summary>
    private const float BetweenKeys = 230;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Fact]
    public async Task Typed_letters_stay_while_answers_and_addresses_come_back()
    {
        var user = await portal.Api.NewUserAsync("letterbyletter");
        var page = await portal.OpenAsync();
        await page.ShowAsync("users");

        await page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync(user.Username, new() { Delay = BetweenKeys });
        await page.WaitForURLAsync($"**/users?search={user.Username}");

        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(user.Username);
        await Assertions.Expect(page.Locator(".cards > li")).ToHaveCountAsync(1);
        await page.GetByText(user.Address).WaitForAsync();
    }

    [Fact]
    public async Task Link_to_the_list_shows_everybody_again_and_a_reload_keeps_the_search()
    {
        var user = await portal.Api.NewUserAsync("searched");
        var other = await portal.Api.NewUserAsync("another");
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users?search={user.Username}");
        await Assertions.Expect(page.Locator(".cards > li")).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await page.Locator("main[data-interactive=true]").WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(user.Username);

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Users" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(string.Empty);
        await page.GetByRole(AriaRole.Searchbox).FillAsync(other.Username);
        await page.GetByText(other.Address).WaitForAsync();
    }

    [Fact]
    public async Task Search_of_forwarded_addresses_survives_a_reload()
    {
        var name = ApiSystem.NewName("forwardedsearch");
        var request = new CreateForwardedAddressRequest { Address = $"{name}@api.test", Targets = ["somebody@example.org"] };
        await portal.Api.Api.CreateForwardedAddressAsync(request, TestContext.Current.CancellationToken);
        var page = await portal.OpenAsync();
        await page.ShowAsync("addresses");
        var rows = page.Locator("section[aria-labelledby=forwarded-title] .cards > li");

        await page.GetByRole(AriaRole.Searchbox).FillAsync(name);
        await page.WaitForURLAsync($"**/addresses?forwarded={name}");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await page.Locator("main[data-interactive=true]").WaitForAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(name);
        await Assertions.Expect(rows).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Search_of_limit_rules_survives_a_reload()
    {
        var user = await portal.Api.NewUserAsync("rulesearch");
        var limits = await portal.Api.Api.ListRateLimitsAsync(TestContext.Current.CancellationToken);
        var limit = limits.First(limit => limit.Party == "recipient_user");
        await portal.Api.Api.SetRateLimitOverrideAsync(
            limit.Name, user.Id, new SetRateLimitOverrideRequest { Count = 7, PeriodSeconds = 3600 }, cancellationToken: TestContext.Current.CancellationToken);
        var page = await portal.OpenAsync();
        await page.ShowAsync("limits");

        await page.GetByLabel("Search domains, addresses and users").FillAsync(user.Username);
        await page.WaitForURLAsync($"**/limits?subject={user.Username}");
        await page.GetByLabel("Limit", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync(limit.Name);
        await page.WaitForURLAsync($"**/limits?subject={user.Username}&limit={limit.Name}");
        await Assertions.Expect(page.Locator(".rule")).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await page.Locator("main[data-interactive=true]").WaitForAsync();

        await Assertions.Expect(page.GetByLabel("Search domains, addresses and users")).ToHaveValueAsync(user.Username);
        await Assertions.Expect(page.GetByLabel("Limit", new PageGetByLabelOptions { Exact = true })).ToHaveValueAsync(limit.Name);
        await Assertions.Expect(page.Locator(".rule")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Days_of_a_search_are_those_of_the_viewers_zone()
    {
        var user = await portal.Api.NewUserAsync("zonedsearch");
        await portal.DeliverTextsAsync(user, ["now"]);
        var (zone, day) = ZoneOfAnotherDay();
        var page = await portal.OpenAsync(zone: zone);

        await page.ShowAsync($"users/{user.Id}/mail?since={day}&until={day}");
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(1);

        await page.ShowAsync($"audit?target={user.Id}&from={day}&until={day}");
        await Assertions.Expect(page.Locator(".audit-entry").First).ToBeVisibleAsync();

        await portal.DeliveryToAsync(user);
        await page.ShowAsync($"deliveries?term={user.Address}&from={day}&until={day}");
        await Assertions.Expect(page.Locator(".delivery")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Deliveries_are_searched_by_their_days()
    {
        var user = await portal.Api.NewUserAsync("days");
        await portal.DeliverTextsAsync(user, ["now"]);
        await portal.DeliveryToAsync(user);
        var page = await portal.OpenAsync();
        await page.ShowAsync($"deliveries?term={user.Address}");
        await Assertions.Expect(page.Locator(".delivery")).ToHaveCountAsync(1);

        await page.GetByLabel("Last day").FillAsync("2020-02-29");
        await page.GetByText("No delivery fits").WaitForAsync();
        await page.WaitForURLAsync(url => url.Contains("until=2020-02-29", StringComparison.Ordinal));

        await page.GetByLabel("First day").FillAsync("2020-02-29");
        await page.GetByLabel("Last day").FillAsync(string.Empty);
        await Assertions.Expect(page.Locator(".delivery")).ToHaveCountAsync(1);
    }

    /// <summary>A zone in which it is another day than in UTC, and that day.</summary>
    private static (string Zone, string Day) ZoneOfAnotherDay()
    {
        // Neither day begins while the test runs: the one at 10:00 UTC, the other one at 11:00.
        var now = DateTimeOffset.UtcNow;
        var (zone, hours) = now.Hour >= 11 ? ("Pacific/Kiritimati", 14) : ("Pacific/Pago_Pago", -11);
        return (zone, now.AddHours(hours).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
