using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Lmtp.Tests.Processes;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

[Collection(BrowserTestGroup.Name)]
public sealed class LimitsTests(PortalSystem portal) : IAsyncDisposable
{
    private const string UserMessages = "recipient_user_messages";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Page_with_rules_counters_and_open_form_fits_and_is_accessible(int width, ColorScheme scheme)
    {
        var page = await portal.OpenAsync(width, scheme);
        portal.Api.RequireRedis();
        var user = await NewLimitedUserAsync(10, 9);
        await portal.Api.Api.SetRateLimitOverrideAsync(
            "sender_domain_kilobytes", $"{user.Username}.test", new SetRateLimitOverrideRequest { Count = 102_400, PeriodSeconds = 86_400 }, null, Token);
        await page.ShowAsync("limits");
        await LookUpAsync(page, user.Username);
        await page.GetByText("9 of 10").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add a rule" }).ClickAsync();
        await page.GetByLabel("How many messages").WaitForAsync();

        await page.MustLookRightAsync("limits", width, scheme);
    }

    [Fact]
    public async Task Rule_for_a_user_is_added_changed_and_removed()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("ruled");
        await page.ShowAsync($"limits?subject={user.Username}");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add a rule" }).ClickAsync();
        await page.GetByLabel("User", new PageGetByLabelOptions { Exact = true }).First.FillAsync(user.Address);
        await page.GetByLabel("How many messages").FillAsync("25");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();
        await RowOf(page, user).GetByText("25 messages per hour").WaitForAsync();
        Assert.Equal((25, 3600), await RuleAsync(user));

        await RowOf(page, user).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Change" }).ClickAsync();
        await page.GetByLabel("How many messages").FillAsync("30");
        await page.GetByLabel("In which time").FillAsync("2");
        await page.GetByLabel("Unit of the time").SelectOptionAsync("days");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();
        await RowOf(page, user).GetByText("30 messages per 2 days").WaitForAsync();
        Assert.Equal((30, 172_800), await RuleAsync(user));

        await RowOf(page, user).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Remove" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByText("30 messages per 2 days").WaitForAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Remove" }).ClickAsync();
        await RowOf(page, user).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Null(await portal.Api.Api.FindRateLimitOverrideAsync(UserMessages, user.Id, Token));
    }

    [Fact]
    public async Task Rule_is_found_by_a_part_of_its_domain()
    {
        var page = await portal.OpenAsync();
        var domain = $"{ApiSystem.NewName("sought")}.test";
        await portal.Api.Api.SetRateLimitOverrideAsync(
            "sender_domain_messages", domain, new SetRateLimitOverrideRequest { Count = 0, PeriodSeconds = 60 }, null, Token);
        await page.ShowAsync("limits");

        await page.GetByRole(AriaRole.Searchbox).FillAsync(ApiSystem.NewName("unruled"));
        await page.GetByText("No rule fits").WaitForAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync(domain[..^5]);
        await page.GetByText(domain).WaitForAsync();
    }

    [Fact]
    public async Task Fault_of_the_subject_stands_beside_it()
    {
        var page = await portal.OpenAsync();
        await page.ShowAsync("limits");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add a rule" }).ClickAsync();
        await page.GetByLabel("User", new PageGetByLabelOptions { Exact = true }).First.FillAsync(ApiSystem.NewName("missing"));
        await page.GetByLabel("How many messages").FillAsync("5");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();

        await page.Locator("#override-subject-error").GetByText("There is no user of this name.").WaitForAsync();
    }

    [Fact]
    public async Task Counter_that_is_used_up_is_shown_and_reset()
    {
        var page = await portal.OpenAsync();
        portal.Api.RequireRedis();
        var user = await NewLimitedUserAsync(2, 2);
        await page.ShowAsync("limits");
        await LookUpAsync(page, user.Username);

        await page.GetByText("2 of 2").WaitForAsync();
        await page.GetByText("room for one more in").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Reset: Messages for a user" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Reset" }).ClickAsync();

        await page.GetByText("0 of 2").WaitForAsync();
        var limits = await portal.Api.Api.GetUserLimitsAsync(user.Id, Token);
        Assert.Equal(0, limits.Limits.Single(limit => limit.Name == UserMessages).Used);
    }

    [Fact]
    public async Task Whoever_may_only_read_sees_limits_and_no_buttons()
    {
        var user = await NewLimitedUserAsync(5, 1);
        var page = await portal.OpenAsync(await portal.SignInAsync(PortalRole.ReadOnly, ApiSystem.NewName("looker")));
        await page.ShowAsync("limits");
        await LookUpAsync(page, user.Username);
        await page.GetByText("own rule").WaitForAsync();

        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^(Add|Change|Remove|Reset)") }).CountAsync());
    }

    private static ILocator RowOf(IPage page, UserResponse user) =>
        page.GetByRole(AriaRole.Listitem).Filter(new LocatorFilterOptions { HasText = user.Address });

    private static async Task LookUpAsync(IPage page, string name)
    {
        await page.Locator("#lookup-subject").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show", Exact = true }).ClickAsync();
    }

    private async Task<(long Count, double Period)> RuleAsync(UserResponse user)
    {
        var rule = await portal.Api.Api.FindRateLimitOverrideAsync(UserMessages, user.Id, Token);
        return (rule!.Count, rule.PeriodSeconds);
    }

    private async Task<UserResponse> NewLimitedUserAsync(int count, int used)
    {
        var user = await portal.Api.NewUserAsync("bounded");
        await portal.Api.Api.SetRateLimitOverrideAsync(
            UserMessages, user.Id, new SetRateLimitOverrideRequest { Count = count, PeriodSeconds = 86_400 }, null, Token);
        await using var client = await LmtpClient.OpenAsync(portal.Api.System.Lmtp, Token);
        for (var index = 0; index < used; index++)
        {
            await client.CommandAsync("MAIL FROM:<a@example.org>", Token);
            Assert.StartsWith("250", await client.CommandAsync($"RCPT TO:<{user.Address}>", Token), StringComparison.Ordinal);
            await client.CommandAsync("RSET", Token);
        }

        return user;
    }
}
