using System.Net.Http.Json;
using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Lmtp.Tests.Processes;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

[Collection(BrowserTestGroup.Name)]
public sealed class UserPageTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LmtpApiClient Api => portal.Api.Api;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    public static TheoryData<int, ColorScheme> Looks() => new()
    {
        { 1440, ColorScheme.Light },
        { 1440, ColorScheme.Dark },
        { 360, ColorScheme.Light },
        { 360, ColorScheme.Dark },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_fits_breaks_no_policy_and_is_accessible(int width, ColorScheme scheme)
    {
        var user = await portal.Api.NewUserAsync("complete");
        await Api.AddAddressAsync(user.Id, new AddAddressRequest { Address = $"{user.Username}-sales-with-a-long-name@api.test", Name = "Sales" }, Token);
        await Api.CreateFilterAsync(user.Id, new FilterRequest { Name = "Bills", Query = new FilterQuery { Subject = "invoice" }, Action = new FilterAction { Flag = true } }, Token);
        await Api.SetAutoreplyAsync(user.Id, new SetAutoreplyRequest { Enabled = true, Subject = "Away", Text = "I am away." }, cancellationToken: Token);
        await DeliverAsync(user);
        await portal.DeliveryToAsync(user);
        var page = await portal.OpenAsync(width, scheme);
        var complaints = page.Complaints();

        await page.ShowAsync($"users/{user.Id}");
        await page.GetByLabel("Plain text").WaitForAsync();

        await page.MustLookRightAsync("user", width, scheme);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Page_has_filters_limits_and_the_last_deliveries()
    {
        var user = await portal.Api.NewUserAsync("overseen");
        await Api.CreateFilterAsync(user.Id, new FilterRequest { Name = "Bills", Query = new FilterQuery { Subject = "invoice" }, Action = new FilterAction { Flag = true } }, Token);
        await DeliverAsync(user);
        await portal.DeliveryToAsync(user);
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}");

        await Assertions.Expect(Section(page, "Filters")).ToContainTextAsync("If Subject contains “invoice”: mark with a star");
        await Assertions.Expect(Section(page, "Limits")).ToContainTextAsync("Messages for a user");
        await Assertions.Expect(Section(page, "Recent deliveries")).ToContainTextAsync("shop@example.org");
        await Section(page, "Recent deliveries").GetByRole(AriaRole.Link, new() { Name = "All in the delivery log" }).ClickAsync();
        await Assertions.Expect(page.Locator(".delivery")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Settings_are_saved()
    {
        var (user, page) = await OpenAsync("settler");

        await page.GetByLabel("Spam level").FillAsync("25");
        await page.GetByLabel("Forward all mail to").FillAsync("elsewhere@example.org");
        await Section(page, "Settings").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Save" }).ClickAsync();
        await Section(page, "Settings").GetByText("Saved").WaitForAsync();

        var stored = await Api.GetUserAsync(user.Id, Token);
        Assert.Equal((25, "elsewhere@example.org"), (stored.SpamLevel, Assert.Single(stored.Targets)));
    }

    [Fact]
    public async Task Fault_of_a_setting_stands_beside_it()
    {
        var (_, page) = await OpenAsync("mistaken");

        await page.GetByLabel("Forward all mail to").FillAsync("nowhere");
        await Section(page, "Settings").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Save" }).ClickAsync();

        await page.Locator("#user-targets-error").WaitForAsync();
    }

    [Fact]
    public async Task Change_of_somebody_else_is_shown_and_not_overwritten()
    {
        var (user, page) = await OpenAsync("contested");
        await Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Name = "Their name", SpamLevel = 10 }, Token);

        await page.GetByLabel("Display name").FillAsync("My name");
        await Section(page, "Settings").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).GetByText("Their name").WaitForAsync();
        Assert.Equal("Their name", (await Api.GetUserAsync(user.Id, Token)).Name);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save mine in its place" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "My name" }).WaitForAsync();

        var stored = await Api.GetUserAsync(user.Id, Token);
        Assert.Equal(("My name", 10), (stored.Name, stored.SpamLevel));
        await Assertions.Expect(page.GetByLabel("Spam level")).ToHaveValueAsync("10");
    }

    [Fact]
    public async Task Addresses_are_added_made_the_main_one_and_removed()
    {
        var (user, page) = await OpenAsync("addressed");
        var address = $"second-{user.Username}@api.test";

        await page.GetByLabel("Another address").FillAsync(address);
        await Section(page, "Addresses").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Add" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Make main: {address}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Remove {user.Address}" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByText($"Remove the address {user.Address}?").WaitForAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Remove" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Remove {user.Address}" }).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        var left = Assert.Single(await Api.ListAddressesAsync(user.Id, Token));
        Assert.Equal((address, true), (left.Address, left.Main));
    }

    [Fact]
    public async Task Quota_is_set_and_counted_anew()
    {
        var (user, page) = await OpenAsync("limited");

        await page.GetByLabel("Quota", new PageGetByLabelOptions { Exact = true }).FillAsync("7");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Set the quota" }).ClickAsync();
        await page.GetByText("A quota of its own.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Count anew" }).ClickAsync();
        await page.GetByText("The count was right.").WaitForAsync();

        Assert.Equal(7L << 20, (await Api.GetUserAsync(user.Id, Token)).Quota);
    }

    [Fact]
    public async Task Automatic_reply_is_stored_with_its_days()
    {
        var (user, page) = await OpenAsync("away");

        await page.GetByLabel("Answer mail automatically").CheckAsync();
        await page.GetByLabel("Plain text").FillAsync("Back on Monday.");
        await page.GetByLabel("From when on").FillAsync("2026-12-24T00:00");
        await page.GetByLabel("Until when").FillAsync("2027-01-02T08:30");
        await Section(page, "Automatic reply").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Save" }).ClickAsync();
        await Section(page, "Automatic reply").GetByText("Saved").WaitForAsync();

        var reply = (await Api.GetAutoreplyAsync(user.Id, Token)).Value;
        Assert.Equal((true, "Back on Monday."), (reply.Enabled, reply.Text));
        Assert.Equal(TimeSpan.FromDays(9) + new TimeSpan(8, 30, 0), reply.End - reply.Start);
    }

    [Fact]
    public async Task Password_is_changed()
    {
        var (user, page) = await OpenAsync("secretive");

        await page.GetByLabel("New password").FillAsync("a new pass phrase");
        await Section(page, "Change password").GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByText("The password is changed.").WaitForAsync();

        using var response = await portal.Api.Http.PostAsJsonAsync(
            $"/api/mailboxes/{user.Address}/change-password", new { oldPassword = "a new pass phrase", newPassword = "another pass phrase" }, Token);
        Assert.True(response.IsSuccessStatusCode, response.StatusCode.ToString());
    }

    [Fact]
    public async Task User_is_switched_off_and_on()
    {
        var (user, page) = await OpenAsync("switched");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Switch off" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Switch on" }).WaitForAsync();
        Assert.True((await Api.GetUserAsync(user.Id, Token)).Disabled);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Switch on" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Switch off" }).WaitForAsync();

        Assert.False((await Api.GetUserAsync(user.Id, Token)).Disabled);
    }

    [Fact]
    public async Task Question_keeps_the_focus_until_Escape_takes_it_back()
    {
        var user = await portal.Api.NewUserAsync("kept");
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete the user" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Heading)).ToBeFocusedAsync();

        for (var press = 0; press < 6; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            // The browser's own bar is the one place outside that the focus may visit.
            Assert.True(await page.EvaluateAsync<bool>(
                "() => document.activeElement === document.body || document.querySelector('dialog').contains(document.activeElement)"));
        }

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Deleting_asks_and_names_what_is_lost()
    {
        var user = await portal.Api.NewUserAsync("ended");
        await DeliverAsync(user);
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete the user" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("1 message (").WaitForAsync();
        await dialog.GetByText(user.Address).WaitForAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete the user" }).ClickAsync();

        await page.WaitForURLAsync("**/users");
        await Assert.ThrowsAsync<LmtpApiException>(() => Api.GetUserAsync(user.Id, Token));
    }

    [Fact]
    public async Task User_that_was_changed_meanwhile_is_shown_anew_and_not_deleted()
    {
        var (user, page) = await OpenAsync("spared");
        await Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Name = "Changed meanwhile" }, Token);

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the user" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete the user" }).ClickAsync();
        await page.GetByText("Nothing was deleted.").WaitForAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Changed meanwhile", Level = 1 }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the user" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete the user" }).ClickAsync();
        await page.WaitForURLAsync("**/users");

        await Assert.ThrowsAsync<LmtpApiException>(() => Api.GetUserAsync(user.Id, Token));
    }

    [Fact]
    public async Task Reader_sees_the_user_and_no_buttons_that_change()
    {
        var user = await portal.Api.NewUserAsync("read");
        var page = await portal.OpenAsync(await portal.SignInAsync(PortalRole.ReadOnly, ApiSystem.NewName("looker")));

        await page.ShowAsync($"users/{user.Id}");
        await page.GetByLabel("Plain text").WaitForAsync();

        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("Save|Delete|Switch|Add|quota|Change") }).CountAsync());
    }

    private static ILocator Section(IPage page, string title) => page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = title, Exact = true });

    private async Task<(UserResponse User, IPage Page)> OpenAsync(string prefix)
    {
        var user = await portal.Api.NewUserAsync(prefix);
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}");
        return (user, page);
    }

    private async Task DeliverAsync(UserResponse user)
    {
        var message = $"From: Shop <shop@example.org>\r\nTo: {user.Address}\r\nSubject: Hello\r\nMessage-ID: <{Guid.NewGuid():N}@example.org>\r\n\r\nText\r\n";
        await using var client = await LmtpClient.OpenAsync(portal.Api.System.Lmtp, Token);
        Assert.StartsWith("250", Assert.Single(await client.DeliverAsync("shop@example.org", [user.Address], Encoding.UTF8.GetBytes(message), Token)), StringComparison.Ordinal);
    }
}
