using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>The list of a mailbox: searched, selected from, read to its end.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class MailboxPageTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Odd_subjects_make_no_row_higher_and_turn_nothing_around_them(int width)
    {
        var page = await portal.OpenAsync(width);
        var user = await portal.Api.NewUserAsync("odd");
        await portal.DeliverTextsAsync(user, ["plain", .. SampleMail.OddSubjects()]);
        await page.ShowAsync($"users/{user.Id}/mail");
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(SampleMail.OddSubjects().Length + 1);

        var heights = await page.Locator(".message").EvaluateAllAsync<double[]>("rows => rows.map(row => row.getBoundingClientRect().height)");
        var right = await page.Locator(".message-size").EvaluateAllAsync<double[]>("sizes => sizes.map(size => size.getBoundingClientRect().right)");

        Assert.All(heights, height => Assert.InRange(height, heights[^1] - 1, heights[^1] + 1));
        Assert.All(right, edge => Assert.InRange(edge, 0, width));
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
    }

    [Fact]
    public async Task Search_narrows_the_list_and_the_way_back_widens_it_again()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("search");
        await portal.DeliverTextsAsync(user, "apples", "pears", "apples and pears");
        await page.ShowAsync($"users/{user.Id}/mail");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("apples");
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("apples -pears");
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(1);
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("plums");
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await page.GetByText("No message fits").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Clear" }).ClickAsync();
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Filters_find_what_they_name_also_in_other_mailboxes()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("filters");
        var ids = await portal.DeliverTextsAsync(user, "one", "two", "three");
        var trash = await portal.Api.MailboxAsync(user, "Trash");
        await portal.Api.Api.MoveMessageAsync(user.Id, ids[0], trash.Id, cancellationToken: Token);
        await portal.Api.Api.UpdateMessageAsync(user.Id, ids[1], new UpdateMessageRequest { Seen = true }, cancellationToken: Token);
        await page.ShowAsync($"users/{user.Id}/mail");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Filters" }).ClickAsync();
        await page.GetByLabel("State").SelectOptionAsync("unread");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show results" }).ClickAsync();
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(1);
        await page.GetByLabel("In all mailboxes").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show results" }).ClickAsync();
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(2);
        await page.Locator(".message .badge").GetByText("Trash").WaitForAsync();

        // The address keeps the search.
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByLabel("In all mailboxes")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Selected_messages_are_marked_moved_and_deleted_at_once()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("bulk");
        await portal.DeliverTextsAsync(user, [.. Enumerable.Range(1, 30).Select(number => $"number {number:00}")]);
        await page.ShowAsync($"users/{user.Id}/mail");

        await page.GetByLabel("Select all 30").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Mark as read" }).ClickAsync();
        await page.GetByText("30 of 30 done.").WaitForAsync();
        Assert.Equal(0, (await portal.Api.MailboxAsync(user)).Unseen);

        await page.GetByLabel("number 30").CheckAsync();
        await page.GetByLabel("number 28").ClickAsync(new LocatorClickOptions { Modifiers = [KeyboardModifier.Shift] });
        await page.GetByText("3 selected").WaitForAsync();
        await page.GetByLabel("Move to").SelectOptionAsync(new SelectOptionValue { Label = "Trash" });
        await page.GetByText("3 of 3 done.").WaitForAsync();
        Assert.Equal(3, (await portal.Api.MailboxAsync(user, "Trash")).Total);

        await page.GetByLabel("Select all 27").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Delete 27 messages?");
        await Assertions.Expect(dialog).ToContainTextAsync("number 27");
        await Assertions.Expect(dialog).ToContainTextAsync("and 24 more");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();
        await page.GetByText("INBOX is empty").WaitForAsync();
        Assert.Equal(0, (await portal.Api.MailboxAsync(user)).Total);
    }

    [Fact]
    public async Task Deletion_is_cancelled_and_messages_are_flagged_by_keyboard_alone()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("keys");
        await portal.DeliverTextsAsync(user, "first", "second");
        await page.ShowAsync($"users/{user.Id}/mail");

        await page.GetByLabel("Select “second”").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Flag", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.GetByLabel("Flagged", new PageGetByLabelOptions { Exact = true }).WaitForAsync();
        Assert.Equal(2, (await portal.Api.MailboxAsync(user)).Total);
    }

    [Fact]
    public async Task Older_messages_come_when_the_reader_gets_there()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("older");
        await portal.DeliverTextsAsync(user, [.. Enumerable.Range(1, 120).Select(number => $"number {number}")]);
        await page.ShowAsync($"users/{user.Id}/mail");

        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(50);
        await page.Locator("load-more").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(100);
        await page.Locator("load-more").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(120);
        await Assertions.Expect(page.Locator("load-more")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Message_that_comes_while_somebody_looks_appears_by_itself()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("watched");
        await portal.DeliverTextsAsync(user, "early");
        await page.ShowAsync($"users/{user.Id}/mail");
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(1);

        await portal.DeliverTextsAsync(user, "late");

        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(2);
    }
}
