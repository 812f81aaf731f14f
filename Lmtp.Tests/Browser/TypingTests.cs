using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>What somebody types while the portal's answer to what they did before is under way.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class TypingTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Theory]
    [InlineData("deliveries", "Search for")]
    [InlineData("audit", "Who")]
    [InlineData("users", "Search by user name or address")]
    [InlineData("addresses", "Search by the beginning of the address")]
    [InlineData("limits", "Search domains, addresses and users")]
    public async Task Answer_to_what_was_typed_before_does_not_overwrite_what_is_typed_now(string address, string label)
    {
        var page = await portal.OpenAsync();

        await TypeOnAsync(page, address, page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }));
    }

    [Fact]
    public async Task Search_of_messages_keeps_what_is_typed_while_the_answer_is_under_way()
    {
        var user = await portal.Api.NewUserAsync("typingmail");
        var page = await portal.OpenAsync();

        await TypeOnAsync(page, $"users/{user.Id}/mail", page.GetByRole(AriaRole.Searchbox));
    }

    [Fact]
    public async Task Saving_settings_leaves_what_is_typed_meanwhile_to_be_saved_next()
    {
        var user = await portal.Api.NewUserAsync("typingsettings");
        var page = await portal.OpenAsync();
        var answers = await HeldAnswers.OfAsync(page);
        await page.ShowAsync($"users/{user.Id}");
        var input = page.GetByLabel("Display name", new PageGetByLabelOptions { Exact = true });
        var settings = page.Locator("section", new PageLocatorOptions { Has = page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Settings", Exact = true }) });

        await input.FillAsync(" First ");
        await Assertions.Expect(settings.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Save" })).ToBeEnabledAsync();
        answers.Hold();
        await input.PressAsync("Enter");
        await Eventually.TrueAsync(async () => (await portal.Api.Api.GetUserAsync(user.Id, Token)).Name == "First");
        await input.FillAsync("Second");
        await answers.ReleaseAsync();

        Assert.Equal("Second", await input.InputValueAsync());
        await Assertions.Expect(settings.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Save" })).ToBeEnabledAsync();
        await input.PressAsync("Enter");
        await Eventually.TrueAsync(async () => (await portal.Api.Api.GetUserAsync(user.Id, Token)).Name == "Second");
    }

    [Fact]
    public async Task Number_stays_as_it_is_typed()
    {
        var user = await portal.Api.NewUserAsync("typingnumber");
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}");
        var quota = page.GetByLabel("Quota", new PageGetByLabelOptions { Exact = true });

        await quota.FillAsync(string.Empty);
        await quota.PressSequentiallyAsync("1.050", new LocatorPressSequentiallyOptions { Delay = 100 });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Set the quota" }).ClickAsync();

        await Eventually.TrueAsync(async () => (await portal.Api.Api.GetUserAsync(user.Id, Token)).Quota == (long)(1.05 * 1024 * 1024));
        Assert.Equal("1.050", await quota.InputValueAsync());
    }

    [Theory]
    [InlineData("users", "Search by user name or address")]
    [InlineData("deliveries", "Search for")]
    [InlineData("audit", "Who")]
    [InlineData("tools", "Host")]
    public async Task What_is_typed_before_the_page_is_interactive_stays_and_so_does_the_focus(string address, string label)
    {
        var page = await portal.OpenAsync();
        var answers = await HeldAnswers.OfAsync(page);
        answers.Hold();
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        var input = page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).First;

        await input.FillAsync("typed ear");
        await page.Locator("main[data-interactive=false]").WaitForAsync();
        await answers.ReleaseAsync();
        await page.Locator("main[data-interactive=true]").WaitForAsync();

        await Assertions.Expect(input).ToHaveValueAsync("typed ear");
        await Assertions.Expect(input).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("ly");
        await Assertions.Expect(input).ToHaveValueAsync("typed early");
    }

    [Fact]
    public async Task Search_that_is_typed_before_the_page_is_interactive_is_made()
    {
        var user = await portal.Api.NewUserAsync("earlysearch");
        var page = await portal.OpenAsync();
        var answers = await HeldAnswers.OfAsync(page);
        answers.Hold();
        await page.GotoAsync("users", new PageGotoOptions { WaitUntil = WaitUntilState.Load });

        await page.GetByRole(AriaRole.Searchbox).FillAsync(user.Username);
        await answers.ReleaseAsync();

        await page.WaitForURLAsync($"**/users?search={user.Username}");
        await Assertions.Expect(page.Locator(".cards > li")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("users", "#search")]
    [InlineData("addresses", "#forwarded-search")]
    [InlineData("limits", "#override-search")]
    public async Task Page_that_is_left_while_somebody_types_searches_no_more(string address, string field)
    {
        var term = ApiSystem.NewName("unwritten");
        var page = await portal.OpenAsync();
        await page.ShowAsync(address);

        // At once, as nobody and nothing is sure to be who waits for the machine.
        await page.EvaluateAsync("""
            selector => {
              const input = document.querySelector(selector);
              input.value = "left behind";
              input.dispatchEvent(new Event("input", { bubbles: true }));
              document.querySelector(".mainnav a[href=deliveries]").click();
            }
            """, field);
        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Deliveries" }).WaitForAsync();
        await page.GetByLabel("Search for", new PageGetByLabelOptions { Exact = true }).FillAsync(term);
        await page.GetByLabel("Search for", new PageGetByLabelOptions { Exact = true }).PressAsync("Enter");

        await page.GetByText("No delivery fits").WaitForAsync();
        await page.WaitForURLAsync($"**/deliveries?term={term}");
    }

    [Theory]
    [InlineData("users", "#search")]
    [InlineData("addresses", "#forwarded-search")]
    [InlineData("limits", "#override-search")]
    public async Task Search_that_is_told_to_the_browser_too_late_leads_nobody_back(string address, string field)
    {
        var page = await portal.OpenAsync();
        var answers = await HeldAnswers.OfAsync(page);
        await page.ShowAsync(address);
        answers.Hold();
        await page.Locator(field).FillAsync("searched in time");
        await answers.HeldAsync("replaceAddress");

        await page.Locator(".mainnav a[href=deliveries]").ClickAsync();
        await page.WaitForURLAsync("**/deliveries");
        await answers.ReleaseAsync();

        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Deliveries" }).WaitForAsync();
        Assert.EndsWith("/deliveries", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_page_of_the_portal_takes_the_focus_to_its_heading_and_the_first_one_does_not()
    {
        var page = await portal.OpenAsync();
        await page.ShowAsync("users");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement === document.body"));

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Limits" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1, Name = "Limits" })).ToBeFocusedAsync();
    }

    private static async Task TypeOnAsync(IPage page, string address, ILocator input)
    {
        var answers = await HeldAnswers.OfAsync(page);
        await page.ShowAsync(address);

        answers.Hold();
        await input.FillAsync(" first ");
        await input.PressAsync("Enter");
        await answers.HeldAsync();
        await input.FillAsync("second");
        await answers.ReleaseAsync();

        Assert.Equal("second", await input.InputValueAsync());
    }
}
