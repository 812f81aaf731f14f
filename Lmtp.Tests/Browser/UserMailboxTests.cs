using Lmtp.Admin.Components.Parts;
using Lmtp.Contracts;
using Microsoft.Playwright;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Browser;

/// <summary>Mailboxes on the page of a user.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class UserMailboxTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LmtpApiClient Api => portal.Api.Api;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Fact]
    public async Task Mailbox_is_made_and_renamed_by_keyboard_alone()
    {
        var (user, page) = await OpenAsync("shelves");

        await page.GetByRole(AriaRole.Button, new() { Name = "New mailbox" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Path")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Lists/DotNet");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename Lists/DotNet" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Path")).ToHaveValueAsync("Lists/DotNet");
        await Assertions.Expect(page.GetByLabel("Path")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync("/Runtime");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename Lists/DotNet/Runtime" }).WaitForAsync();

        var paths = (await Api.ListMailboxesAsync(user.Id, Token)).Select(mailbox => mailbox.Path).ToList();
        Assert.Contains("Lists/DotNet/Runtime", paths);
        Assert.DoesNotContain("Lists/DotNet", paths);
    }

    [Fact]
    public async Task Path_that_is_taken_or_wrong_is_refused_and_says_why()
    {
        var (_, page) = await OpenAsync("twice");

        await page.GetByRole(AriaRole.Button, new() { Name = "New mailbox" }).ClickAsync();
        await page.GetByLabel("Path").FillAsync("a//b");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the mailbox" }).ClickAsync();
        await page.Locator("#mailbox-path-error").GetByText("Each level has").WaitForAsync();
        await page.GetByLabel("Path").FillAsync("Trash");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the mailbox" }).ClickAsync();

        await page.GetByText("Another mailbox of this user has this path.").WaitForAsync();
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Deleting_asks_and_names_messages_bytes_and_filters(int width, ColorScheme scheme)
    {
        var user = await portal.Api.NewUserAsync("emptied");
        var mailbox = await Api.CreateMailboxAsync(user.Id, new CreateMailboxRequest { Path = "Old/Project" }, Token);
        await Api.CreateFilterAsync(user.Id, new FilterRequest { Name = "To the project", Action = new FilterAction { Mailbox = mailbox.Id } }, Token);
        await portal.DeliverTextsAsync(user, "one", "two");
        var page = await portal.OpenAsync(width, scheme);
        await page.ShowAsync($"users/{user.Id}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete Old/Project" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("Delete the mailbox Old/Project?").WaitForAsync();
        var size = (await Api.GetMailboxAsync(user.Id, mailbox.Id, Token)).Value.Size ?? 0;
        Assert.True(size > 0);
        await dialog.GetByText($"2 messages ({ByteSize.Format(size)})").WaitForAsync();
        await dialog.GetByText("1 filter that moves mail there: To the project").WaitForAsync();
        await page.MustLookRightAsync("user-mailbox-delete", width, scheme);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete Old/Project" }).WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.DoesNotContain("Old/Project", (await Api.ListMailboxesAsync(user.Id, Token)).Select(left => left.Path));
    }

    [Fact]
    public async Task Mailbox_that_was_renamed_meanwhile_is_not_deleted()
    {
        var (user, page) = await OpenAsync("contended");
        var mailbox = await Api.CreateMailboxAsync(user.Id, new CreateMailboxRequest { Path = "Mine" }, Token);
        await page.ReloadAsync();
        await page.Locator("main[data-interactive=true]").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete Mine" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.WaitForAsync();
        await Api.UpdateMailboxAsync(user.Id, mailbox.Id, new UpdateMailboxRequest { Path = "Theirs" }, null, Token);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();

        await page.GetByText("This mailbox has changed meanwhile").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename Theirs" }).WaitForAsync();
    }

    [Fact]
    public async Task Mailboxes_of_the_system_cannot_be_deleted_nor_INBOX_be_renamed()
    {
        var (_, page) = await OpenAsync("systematic");

        await page.GetByRole(AriaRole.Button, new() { Name = "Rename Trash" }).WaitForAsync();

        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Delete Trash" }).CountAsync());
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Rename INBOX" }).CountAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/mail")]
    [InlineData("/filters")]
    public async Task Pages_of_a_user_with_thousands_of_mailboxes_become_interactive(string part)
    {
        const int Count = 5_000;
        var user = await portal.Api.NewUserAsync("hoarder");
        await AddMailboxesAsync(user, Count);
        var page = await portal.OpenAsync();

        await page.ShowAsync($"users/{user.Id}{part}");

        var all = (await Api.ListMailboxesAsync(user.Id, Token)).Count;
        Assert.True(all > Count);
        await Assertions.Expect(page.Locator(".mailboxes li")).ToHaveCountAsync(part == "/filters" ? 0 : all);
    }

    // One by one they would take a minute to be made.
    private async Task AddMailboxesAsync(UserResponse user, int count)
    {
        var mailboxes = new MongoClient(portal.Api.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>("mailboxes");
        var model = await mailboxes.Find(Builders<BsonDocument>.Filter.Eq("user", ObjectId.Parse(user.Id)) & Builders<BsonDocument>.Filter.Eq("path", "INBOX"))
            .SingleAsync(Token);
        await mailboxes.InsertManyAsync(
            Enumerable.Range(0, count).Select(number => new BsonDocument(model) { ["_id"] = ObjectId.GenerateNewId(), ["path"] = $"Folder {number}" }),
            cancellationToken: Token);
    }

    private async Task<(UserResponse User, IPage Page)> OpenAsync(string prefix)
    {
        var user = await portal.Api.NewUserAsync(prefix);
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}");
        return (user, page);
    }
}
