using System.Globalization;
using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Lmtp.Tests.Processes;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

[Collection(BrowserTestGroup.Name)]
public sealed class FilterTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LmtpApiClient Api => portal.Api.Api;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    public static TheoryData<string, int, ColorScheme> Looks() => ScreenLooks.Of(
        "filters", "filters-empty", "filter", "filter-tried");

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_fits_breaks_no_policy_and_is_accessible(string name, int width, ColorScheme scheme)
    {
        var user = await portal.Api.NewUserAsync("seen");
        var filter = name == "filters-empty" ? null : await EveryKindAsync(user);
        var page = await portal.OpenAsync(width, scheme);
        var complaints = page.Complaints();

        await page.ShowAsync(name.StartsWith("filters", StringComparison.Ordinal) ? $"users/{user.Id}/filters" : $"users/{user.Id}/filters/{filter!.Id}");
        if (name == "filter-tried")
        {
            await DeliverAsync(user, "Invoice 7");
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Try it" }).ClickAsync();
            await page.Locator("details").First.ClickAsync();
        }

        await page.MustLookRightAsync(name, width, scheme);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Filter_is_built_tried_and_saved_from_choices()
    {
        var user = await portal.Api.NewUserAsync("chooser");
        await DeliverAsync(user, "Invoice 7");
        await DeliverAsync(user, "Holiday");
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}/filters");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "New filter" }).ClickAsync();

        await page.GetByLabel("Name").FillAsync("Bills");
        await page.GetByLabel("Compared with").FillAsync("invoice");
        await page.GetByLabel("Mailbox").SelectOptionAsync(string.Empty);
        await page.GetByLabel("Path of the mailbox").FillAsync("Money/Bills");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Try it" }).ClickAsync();
        await page.GetByText("1 of 2 messages would match.").WaitForAsync();
        Assert.Empty(await Api.ListFiltersAsync(user.Id, Token));
        await page.Locator("details", new PageLocatorOptions { HasText = "Holiday" }).ClickAsync();
        await page.GetByText("found \"holiday\"").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();

        // The editor shows the sentence, too: only the list shows that it is saved.
        await page.WaitForURLAsync($"**/users/{user.Id}/filters");
        await page.GetByText("If Subject contains “invoice”: move to “Money/Bills”").WaitForAsync();
        var filter = Assert.Single(await Api.ListFiltersAsync(user.Id, Token));
        Assert.Equal(("Bills", "invoice", new FilterMailbox { Path = "Money/Bills", Create = true }),
            (filter.Name, filter.Query.Subject, filter.Extension!.Actions!.Mailbox));
    }

    [Fact]
    public async Task Fault_stands_at_its_condition()
    {
        var user = await portal.Api.NewUserAsync("faulty");
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}/filters/new");
        await page.GetByLabel("How it compares").SelectOptionAsync("regex");
        await page.GetByLabel("Compared with").FillAsync("(");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();

        await page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Condition 1" }).GetByText("must be a regular expression").WaitForAsync();
        Assert.Empty(await Api.ListFiltersAsync(user.Id, Token));
    }

    [Fact]
    public async Task Filters_are_put_in_order_by_keyboard_and_by_drag_and_say_so()
    {
        var user = await portal.Api.NewUserAsync("sorter");
        foreach (var name in new[] { "one", "two", "three" })
        {
            await Api.CreateFilterAsync(user.Id, new FilterRequest { Name = name }, Token);
        }

        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}/filters");
        var up = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Move “three” up" });
        await up.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("“three” is now number 2 of 3.").WaitForAsync();
        await Assertions.Expect(up).ToBeFocusedAsync();
        await OrderedAsync(user, "one", "three", "two");

        await page.Locator("ol > li", new PageLocatorOptions { HasText = "two" }).DragToAsync(page.Locator("ol > li", new PageLocatorOptions { HasText = "one" }));
        await page.GetByText("“two” is now number 1 of 3.").WaitForAsync();
        await OrderedAsync(user, "two", "one", "three");
    }

    [Fact]
    public async Task Deleting_asks_and_names_the_filter()
    {
        var user = await portal.Api.NewUserAsync("deleter");
        await Api.CreateFilterAsync(user.Id, new FilterRequest { Name = "Old rule" }, Token);
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}/filters");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete “Old rule”" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByText("Delete the filter “Old rule”?").WaitForAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();

        await page.GetByText("No filters yet").WaitForAsync();
        Assert.Empty(await Api.ListFiltersAsync(user.Id, Token));
    }

    [Fact]
    public async Task Unsaved_changes_are_not_left_without_asking()
    {
        var user = await portal.Api.NewUserAsync("leaver");
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}/filters/new");
        await page.GetByLabel("Name").FillAsync("Half a filter");

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Name")).ToHaveValueAsync("Half a filter");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Leave" }).ClickAsync();

        await page.GetByText("No filters yet").WaitForAsync();
    }

    [Fact]
    public async Task Change_of_somebody_else_is_shown_and_not_overwritten()
    {
        var user = await portal.Api.NewUserAsync("rival");
        var filter = await Api.CreateFilterAsync(user.Id, new FilterRequest { Name = "first", Query = new FilterQuery { Subject = "a" } }, Token);
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}/filters/{filter.Id}");
        var seen = await Api.GetFilterAsync(user.Id, filter.Id, Token);
        await Api.ReplaceFilterAsync(user.Id, filter.Id, new FilterRequest { Name = "theirs", Query = new FilterQuery { Subject = "b" } }, seen.Tag!, Token);

        await page.GetByLabel("Name").FillAsync("mine");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).GetByText("If Subject contains “b”").WaitForAsync();
        Assert.Equal("theirs", Assert.Single(await Api.ListFiltersAsync(user.Id, Token)).Name);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save mine in its place" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "mine" }).WaitForAsync();
    }

    [Fact]
    public async Task Reader_may_try_a_filter_but_neither_save_nor_order_it()
    {
        var user = await portal.Api.NewUserAsync("watched");
        var filter = await EveryKindAsync(user);
        var page = await portal.OpenAsync(await portal.SignInAsync(PortalRole.ReadOnly, ApiSystem.NewName("reader")));

        await page.ShowAsync($"users/{user.Id}/filters");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = filter.Name! }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Try it" }).ClickAsync();

        await page.GetByText("There is no mail to try it on").WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).CountAsync());
    }

    // The page shows the order before it is stored.
    private Task OrderedAsync(UserResponse user, params string[] names) => Eventually.TrueAsync(async () =>
        names.SequenceEqual((await Api.ListFiltersAsync(user.Id, Token)).Select(filter => filter.Name)));

    private Task<FilterResponse> EveryKindAsync(UserResponse user) => Api.CreateFilterAsync(
        user.Id,
        new FilterRequest
        {
            Name = "Everything that a filter can say",
            Query = new FilterQuery { Subject = "invoice" },
            Extension = new FilterExtension
            {
                Match = "any",
                Conditions =
                [
                    new FilterCondition { Type = "header", Name = "x-priority", Op = "equals", Value = "1" },
                    new FilterCondition { Type = "size", Min = 1024, Max = 1 << 20 },
                    new FilterCondition { Type = "date", From = "2026-01-01", To = "2026-12-31", Zone = "Europe/Tallinn" },
                    new FilterCondition { Type = "weekday", Days = ["sat", "sun"], Not = true },
                    new FilterCondition { Type = "list" },
                ],
                Actions = new FilterActions
                {
                    Mailbox = new FilterMailbox { Path = "Work/Urgent", Create = true },
                    Flagged = true,
                    Keywords = ["$Important"],
                    Forward = ["somebody@example.org"],
                    Stop = true,
                },
            },
        },
        Token);

    private async Task DeliverAsync(UserResponse user, string subject)
    {
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"From: Shop <shop@example.org>\r\nTo: {user.Address}\r\nSubject: {subject}\r\nMessage-ID: <{Guid.NewGuid():N}@example.org>\r\n\r\nText\r\n");
        await using var client = await LmtpClient.OpenAsync(portal.Api.System.Lmtp, Token);
        Assert.StartsWith("250", Assert.Single(await client.DeliverAsync("shop@example.org", [user.Address], Encoding.UTF8.GetBytes(message), Token)), StringComparison.Ordinal);
    }
}
