using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

[Collection(BrowserTestGroup.Name)]
public sealed class MessagePageTests(PortalSystem portal) : IAsyncDisposable
{
    private const string OnePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

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

    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Odd_subjects_make_no_row_higher_and_turn_nothing_around_them(int width)
    {
        var page = await portal.OpenAsync(width);
        var user = await portal.Api.NewUserAsync("odd");
        await portal.DeliverTextsAsync(user, ["plain", .. OddSubjects()]);
        await page.ShowAsync($"users/{user.Id}/mail");
        await Assertions.Expect(page.Locator(".message")).ToHaveCountAsync(OddSubjects().Length + 1);

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

    [Fact]
    public async Task Message_is_read_as_html_text_and_source_and_its_files_are_saved()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("read");
        var id = await portal.DeliverAsync(user, FullMessage(user));
        await page.ShowAsync($"users/{user.Id}/messages/{id}");

        await page.FrameLocator("iframe").GetByRole(AriaRole.Heading, new FrameLocatorGetByRoleOptions { Name = "Quarterly report" }).WaitForAsync();
        Assert.Equal(1, await page.FrameLocator("iframe").Locator("img").EvaluateAsync<int>("image => image.naturalWidth"));
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
        Assert.Equal(["Users", user.Name!, "INBOX"], await page.Locator(".crumbs a").AllInnerTextsAsync());
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

        await page.ShowAsync($"users/{user.Id}/messages/{await portal.DeliverAsync(user, FullMessage(user))}");

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

    private static string[] OddSubjects() =>
    [
        "\u202Egnp.exe txet desrever",
        "שלום עולם — דוח רבעוני (2026)",
        "مرحبا بالعالم 123 تقرير",
        "👩‍👩‍👧‍👦🏳️‍🌈👍🏽 emoji family 🇩🇪",
        "Z̸̢̛̘a̷͎͠l̴̰̈́g̵̺̽o̶͚͝ ̸̙͐c̵͎̈́o̵̟͝m̶͉͝e̴͙̅s̷̝͝ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
        new string('W', 900),
        "日本語の件名はとても長いことがありますので、表示が崩れないことを確かめる必要があります。日本語の件名はとても長いことがあります。",
    ];

    private static string FullMessage(UserResponse user) => $"""
        From: =?utf-8?Q?Zo=C3=AB?= Example <zoe@example.org>
        To: {user.Address}, Team <team@example.org>
        Cc: board@example.org
        Reply-To: answers@example.org
        Subject: Quarterly report =?utf-8?Q?f=C3=BCr?= everybody
        Date: Mon, 01 Jun 2026 10:00:00 +0000
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=m

        --m
        Content-Type: multipart/alternative; boundary=a

        --a
        Content-Type: text/plain; charset=utf-8

        The report, as text.
        --a
        Content-Type: multipart/related; boundary=r

        --r
        Content-Type: text/html; charset=utf-8

        <h1 style="color: #3457d5">Quarterly report</h1><p>Dear all, here are <b>the numbers</b>.</p>
        <table border=1 cellpadding=6><tr><th>Month</th><th>Mail</th></tr><tr><td>March</td><td>1,204</td></tr></table>
        <p><img src="cid:logo@example.org" alt="Logo" width=40 height=40> <a href="https://example.org/">Read more</a></p>
        --r
        Content-Type: image/png
        Content-ID: <logo@example.org>
        Content-Transfer-Encoding: base64

        {OnePixel}
        --r--
        --a--
        --m
        Content-Type: text/csv; charset=utf-8
        Content-Disposition: attachment; filename*=utf-8''Zahlen%20f%C3%BCr%20M%C3%A4rz.csv
        Content-Transfer-Encoding: base64

        {Convert.ToBase64String(Encoding.UTF8.GetBytes("a;b\r\n1;2"))}
        --m--

        """;

    private async Task ShowLookAsync(IPage page, string name)
    {
        var user = await portal.Api.NewUserAsync("look");
        switch (name)
        {
            case "message-full":
            case "message-delete":
                await page.ShowAsync($"users/{user.Id}/messages/{await portal.DeliverAsync(user, FullMessage(user))}");
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
                await portal.DeliverTextsAsync(user, OddSubjects());
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
        await portal.DeliverAsync(user, FullMessage(user));
        await portal.Api.Api.UpdateMessageAsync(user.Id, ids[0], new UpdateMessageRequest { Seen = true, Flagged = true }, cancellationToken: Token);
        await portal.Api.Api.UpdateMessageAsync(user.Id, ids[2], new UpdateMessageRequest { Seen = true }, cancellationToken: Token);
    }
}
