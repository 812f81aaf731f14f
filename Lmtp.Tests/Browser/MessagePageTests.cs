using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

[Collection(BrowserTestGroup.Name)]
public sealed class MessagePageTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    public static TheoryData<string, int, ColorScheme> Looks() => ScreenLooks.Of(
        "mailbox", "mailbox-selected", "mailbox-filters", "mailbox-nothing", "mailbox-odd", "message-full", "message-odd", "message-delete");

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_fits_breaks_no_policy_and_is_accessible(string name, int width, ColorScheme scheme)
    {
        var page = await portal.OpenAsync(width, scheme);
        var complaints = page.Complaints();

        await ShowLookAsync(page, name);

        await page.MustLookRightAsync(name, width, scheme);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Message_is_read_as_html_text_header_and_source_and_its_files_are_saved()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("read");
        var id = await portal.DeliverAsync(user, SampleMail.Full(user));
        await page.ShowAsync($"users/{user.Id}/messages/{id}");

        await page.FrameLocator("iframe").GetByRole(AriaRole.Heading, new FrameLocatorGetByRoleOptions { Name = "Quarterly report" }).WaitForAsync();
        await Assertions.Expect(page.FrameLocator("iframe").Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 1);
        await page.GetByText("Remote content is blocked").WaitForAsync();
        await page.GetByText("Header", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await page.Locator("pre.code").GetByText("Reply-To: answers@example.org").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Plain text" }).ClickAsync();
        await page.Locator(".message-text").GetByText("The report, as text.").WaitForAsync();
        await page.GetByText("Source", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("pre.code").Last).ToContainTextAsync("Content-Type: multipart/mixed");

        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Zahlen für März.csv" }).ClickAsync());
        var source = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Download the source" }).ClickAsync());

        Assert.Equal("Zahlen für März.csv", file.SuggestedFilename);
        Assert.Equal("a;b\r\n1;2", await File.ReadAllTextAsync(await file.PathAsync(), Token));
        Assert.Equal($"{id}.eml", source.SuggestedFilename);
        Assert.Equal(await portal.Api.Api.GetRawMessageAsync(user.Id, id, Token), await File.ReadAllBytesAsync(await source.PathAsync(), Token));
    }

    [Fact]
    public async Task Frame_is_as_high_as_the_mail()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("high");
        var id = await portal.DeliverHtmlAsync(user, string.Concat(Enumerable.Repeat("<p>line</p>\n", 80)) + "<p>the end</p>");
        await page.ShowAsync($"users/{user.Id}/messages/{id}");
        await page.FrameLocator("iframe").GetByText("the end").WaitForAsync();

        await page.WaitForFunctionAsync("document.querySelector('iframe').getBoundingClientRect().height > 2000");
    }

    [Fact]
    public async Task Message_is_flagged_moved_and_deleted_on_its_own_page()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("alone");
        var id = (await portal.DeliverTextsAsync(user, "alone"))[0];
        await page.ShowAsync($"users/{user.Id}/messages/{id}");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Flag", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Unflag" }).WaitForAsync();
        await Assertions.Expect(page.Locator(".crumbs a")).ToHaveTextAsync(["Users", user.Name!, "INBOX"]);
        await page.GetByLabel("Move to").SelectOptionAsync(new SelectOptionValue { Label = "Trash" });
        await page.WaitForURLAsync(url => !url.EndsWith(id, StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "alone" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();

        await page.GetByText("Trash is empty").WaitForAsync();
        Assert.Equal(0, (await portal.Api.MailboxAsync(user, "Trash")).Total);
    }

    [Fact]
    public async Task Frame_below_the_window_is_as_high_as_its_mail_before_anybody_scrolls()
    {
        var user = await portal.Api.NewUserAsync("below");
        var page = await portal.OpenAsync(360);

        await page.ShowAsync($"users/{user.Id}/messages/{await portal.DeliverAsync(user, SampleMail.Full(user))}");

        await page.WaitForFunctionAsync("""
            () => {
              const frame = document.querySelector("mail-view iframe");
              return frame.getBoundingClientRect().top > window.innerHeight && frame.style.height !== "" && frame.offsetHeight < 500;
            }
            """);
    }

    [Fact]
    public async Task Who_may_only_read_is_offered_no_change()
    {
        var page = await portal.OpenAsync(await portal.SignInAsync(PortalRole.ReadOnly, ApiSystem.NewName("mailreader")));
        var user = await portal.Api.NewUserAsync("readonly");
        var id = (await portal.DeliverTextsAsync(user, "only read"))[0];

        await page.ShowAsync($"users/{user.Id}/mail");
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(1);
        Assert.Equal(0, await page.Locator("main input[type=checkbox]:visible").CountAsync());
        await page.ShowAsync($"users/{user.Id}/messages/{id}");
        await page.FrameLocator("iframe").GetByText("Text of only read").WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete" }).CountAsync());
    }

    private async Task ShowLookAsync(IPage page, string name)
    {
        var user = await portal.Api.NewUserAsync("look");
        switch (name)
        {
            case "message-full":
            case "message-delete":
                await page.ShowAsync($"users/{user.Id}/messages/{await portal.DeliverAsync(user, SampleMail.Full(user))}");
                await page.FrameLocator("iframe").Locator("table").WaitForAsync();
                if (name == "message-delete")
                {
                    await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete" }).ClickAsync();
                    await page.GetByRole(AriaRole.Dialog).WaitForAsync();
                }

                return;
            case "message-odd":
                await page.ShowAsync($"users/{user.Id}/messages/{(await portal.DeliverTextsAsync(user, new string('W', 900)))[0]}");
                return;
            case "mailbox-odd":
                await portal.DeliverTextsAsync(user, SampleMail.OddSubjects());
                break;
            default:
                await FillAsync(user);
                break;
        }

        await page.ShowAsync($"users/{user.Id}/mail{(name == "mailbox-nothing" ? "?q=nothing" : string.Empty)}");
        if (name == "mailbox-selected")
        {
            await page.GetByLabel("Select “Lunch on Friday?”").CheckAsync();
            await page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Selected messages" }).WaitForAsync();
        }
        else if (name == "mailbox-filters")
        {
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Filters" }).ClickAsync();
            await page.GetByLabel("First day").WaitForAsync();
        }
    }

    private async Task FillAsync(UserResponse user)
    {
        var ids = await portal.DeliverTextsAsync(user, "Welcome to the team", "Lunch on Friday?", "Your order has been sent", "Minutes of the meeting");
        await portal.DeliverAsync(user, SampleMail.Full(user));
        await portal.Api.Api.UpdateMessageAsync(user.Id, ids[0], new UpdateMessageRequest { Seen = true, Flagged = true }, cancellationToken: Token);
        await portal.Api.Api.UpdateMessageAsync(user.Id, ids[2], new UpdateMessageRequest { Seen = true }, cancellationToken: Token);
    }
}
