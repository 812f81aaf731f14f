using System.Text.RegularExpressions;
using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;
using MongoDB.Bson;

namespace Lmtp.Tests.Browser;

/// <summary>What is done with more messages than the list shows, and how often a message is read.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class MessageBulkTests(PortalSystem portal) : IAsyncDisposable
{
    private const int Shown = 50;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Fact]
    public async Task Whole_mailbox_is_selected_and_deleted_but_not_what_arrives_meanwhile()
    {
        var (user, page) = await OpenAsync("whole", Shown + 12);

        await page.GetByLabel($"Select the {Shown} that are shown").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Select all {Shown + 12} messages of INBOX" }).ClickAsync();
        await page.GetByText($"{Shown + 12} selected").WaitForAsync();
        await portal.DeliverTextsAsync(user, "late");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync($"Delete {Shown + 12} messages?");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByText($"{Shown + 12} of {Shown + 12} done.").WaitForAsync();

        var inbox = await portal.Api.MailboxAsync(user);
        var left = Assert.Single((await portal.Api.Api.ListMessagesAsync(user.Id, inbox.Id, cancellationToken: Token)).Items);
        Assert.Equal("late", left.Subject);
    }

    [Fact]
    public async Task All_that_match_a_search_are_selected_and_marked()
    {
        var (user, page) = await OpenAsync("matching", Shown + 5);
        await portal.DeliverTextsAsync(user, "another");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("numbered");
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("[?&]q=numbered"));
        await Assertions.Expect(page.GetByLabel("Select “another”")).ToHaveCountAsync(0);
        await page.GetByLabel($"Select the {Shown} that are shown").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Select all that match" }).ClickAsync();
        await page.GetByText($"{Shown + 5} selected").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as read" }).ClickAsync();
        await page.GetByText($"{Shown + 5} of {Shown + 5} done.").WaitForAsync();

        Assert.Equal(1, (await portal.Api.MailboxAsync(user)).Unseen);
    }

    [Fact]
    public async Task Change_of_many_is_stopped_midway_and_says_how_far_it_came()
    {
        const int Piece = 100;
        const int Count = Piece + 20;
        var user = await portal.Api.NewUserAsync("stopped");
        var ids = await portal.DeliverTextsAsync(user, [.. Enumerable.Range(1, Count).Select(number => $"numbered {number}")]);
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}/mail");
        await page.GetByLabel($"Select the {Shown} that are shown").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Select all {Count} messages of INBOX" }).ClickAsync();
        await page.GetByText($"{Count} selected").WaitForAsync();
        using var held = portal.Database.Hold(ObjectId.Parse(ids[^1]).ToByteArray());
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as read" }).ClickAsync();

        await held.CountedAsync(1);
        await Assertions.Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Progress" })).ToHaveJSPropertyAsync("max", Count);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        // The portal takes what the page sends in its order: where it shows the filters, it knows of the stop.
        await page.GetByRole(AriaRole.Button, new() { Name = "Filters" }).ClickAsync();
        await page.GetByLabel("First day").WaitForAsync();
        held.Release();
        await page.GetByText($"{Piece} of {Count} done.").WaitForAsync();

        Assert.Equal(Count - Piece, (await portal.Api.MailboxAsync(user)).Unseen);
    }

    [Fact]
    public async Task Mail_is_fetched_once_for_its_frame()
    {
        var user = await portal.Api.NewUserAsync("once");
        var id = await portal.DeliverHtmlAsync(user, "<p>Read me once</p>");
        var page = await portal.OpenAsync();
        List<string> fetched = [];
        page.Request += (_, request) =>
        {
            if (request.Url.Contains($"/mail/{user.Id}/{id}", StringComparison.Ordinal))
            {
                fetched.Add(request.Url);
            }
        };

        await page.ShowAsync($"users/{user.Id}/messages/{id}");
        await page.FrameLocator("iframe").GetByText("Read me once").WaitForAsync();

        Assert.Single(fetched);
    }

    private async Task<(UserResponse User, IPage Page)> OpenAsync(string prefix, int count)
    {
        var user = await portal.Api.NewUserAsync(prefix);
        await portal.DeliverTextsAsync(user, [.. Enumerable.Range(1, count).Select(number => $"numbered {number}")]);
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}/mail");
        return (user, page);
    }
}
