using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>What mail brings along does nothing, calls nobody and leads nowhere.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class HostileMailTests(PortalSystem portal) : IAsyncDisposable
{
    /// <summary>What of the page must stay as it is: everything but the frame's height, which the mail decides.</summary>
    private const string Outside =
        "() => { const copy = document.documentElement.cloneNode(true); copy.querySelector('iframe')?.removeAttribute('style'); return copy.outerHTML; }";

    private const string BlockedPage = "chrome-error://chromewebdata/";

    private readonly CallCounter _evil = new();

    public static TheoryData<string> Names() => [.. HostileMail.Names];

    public async ValueTask DisposeAsync()
    {
        await portal.CloseWindowsAsync();
        await _evil.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_a_mail_tries_does_nothing_and_calls_nobody(string name)
    {
        var page = await portal.OpenAsync();
        var seen = Watch(page);

        await ShowAsync(page, HostileMail.Of(name, _evil.Address));
        var (address, outside) = (page.Url, await page.EvaluateAsync<string>(Outside));
        await TouchEverythingAsync(page);

        Assert.Empty(seen);
        Assert.Equal(0, _evil.Connections);
        Assert.Equal(address, page.Url);
        Assert.Equal(outside, await page.EvaluateAsync<string>(Outside));
        Assert.Single(page.Context.Pages);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Second_cleaning_holds_alone_where_the_first_one_lets_everything_through(string name)
    {
        var page = await portal.OpenAsync();
        var seen = Watch(page);
        await ReplaceMailAsync(page, HostileMail.Of(name, _evil.Address));

        await ShowAsync(page, "<p>harmless</p>");
        await TouchEverythingAsync(page);

        Assert.Empty(seen);
        Assert.Equal(0, _evil.Connections);
        Assert.Single(page.Context.Pages);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Frame_holds_alone_where_both_cleanings_let_everything_through(string name)
    {
        var html = HostileMail.Of(name, _evil.Address);
        var page = await portal.OpenAsync();
        List<string> dialogs = [];
        page.Dialog += (_, dialog) => dialogs.Add(dialog.Message);
        await ReplaceMailAsync(page, html);
        await page.RouteAsync("**/purify.min.js", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/javascript",
            Body = """
                const policy = trustedTypes.createPolicy("dompurify", { createHTML: html => html });
                window.DOMPurify = { addHook() {}, sanitize: html => document.createRange().createContextualFragment(policy.createHTML(html)) };
                """,
        }));

        await ShowAsync(page, "<p>harmless</p>");
        var address = page.Url;
        await page.Locator("iframe").HoverAsync();

        // Chromium connects ahead of time, before it asks the policy whether it may send a request.
        Assert.Empty(dialogs);
        Assert.Equal(0, _evil.Requests);
        Assert.Equal(address, page.Url);
    }

    [Fact]
    public async Task Link_of_a_mail_opens_apart_and_tells_nothing_of_where_it_stood()
    {
        var page = await portal.OpenAsync();
        await ShowAsync(page, $"<p>{HostileMail.Greeting}</p><a href=\"{portal.Address}favicon.svg\">a link</a>");

        var opened = await page.RunAndWaitForPopupAsync(() => page.FrameLocator("iframe").GetByText("a link").ClickAsync());

        Assert.True(await opened.EvaluateAsync<bool>("window.opener === null && document.referrer === ''"));
    }

    [Fact]
    public async Task Texts_of_senders_stay_texts_in_list_preview_header_and_file_names()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>";
        var page = await portal.OpenAsync();
        var seen = Watch(page);
        var user = await portal.Api.NewUserAsync("escaped");
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Hostile));
        var id = await portal.DeliverAsync(user, $"""
            From: =?utf-8?B?{encoded}?= <carol@example.org>
            To: =?utf-8?B?{encoded}?= <{user.Address}>
            Subject: =?utf-8?B?{encoded}?=
            X-Evil: {Hostile}
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            {Hostile}
            --b
            Content-Type: text/x-evil; name="=?utf-8?B?{encoded}?="
            Content-Disposition: attachment

            x
            --b--

            """);

        await page.ShowAsync($"users/{user.Id}/mail");
        await Assertions.Expect(page.Locator(".message-subject")).ToContainTextAsync(Hostile);
        await page.Locator(".message").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync(Hostile);
        await page.GetByText("Header", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await page.GetByText("Source", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("pre.code").Last).ToContainTextAsync("X-Evil");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("<img src=x onerror=alert(1)>");

        Assert.EndsWith(id, page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("main img, main script").CountAsync());
        Assert.Empty(seen);
    }

    private List<string> Watch(IPage page)
    {
        List<string> seen = [];
        page.Dialog += (_, dialog) => seen.Add($"dialog {dialog.Message}");
        page.Download += (_, download) => seen.Add($"download {download.Url}");
        page.Context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(portal.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:image/", StringComparison.Ordinal))
            {
                seen.Add($"{request.Method} {request.Url}");
            }
        };
        return seen;
    }

    /// <summary>Has the frame get HTML that the first cleaning never saw; its headers stay.</summary>
    private static async Task ReplaceMailAsync(IPage page, string html) => await page.RouteAsync("**/mail/*/*", async route =>
    {
        var response = await route.FetchAsync();
        var document = await response.TextAsync();
        var start = document.IndexOf("data-mail=\"", StringComparison.Ordinal) + "data-mail=\"".Length;
        var end = document.IndexOf('"', start);
        await route.FulfillAsync(new RouteFulfillOptions
        {
            Response = response,
            Body = document[..start] + System.Net.WebUtility.HtmlEncode(html) + document[end..],
        });
    });

    private async Task ShowAsync(IPage page, string html)
    {
        var user = await portal.Api.NewUserAsync("hostile");
        await page.ShowAsync($"users/{user.Id}/messages/{await portal.DeliverHtmlAsync(user, html)}");
        var parts = page.FrameLocator("iframe").Locator("body > *");

        // A mail that leaves its frame comes no further than the browser's own page about that.
        await Eventually.TrueAsync(async () => page.Frames.Any(static frame => frame.Url == BlockedPage) || await parts.CountAsync() > 2);
    }

    /// <summary>Hovers over, clicks on and moves to all that is left of the mail.</summary>
    private static async Task TouchEverythingAsync(IPage page)
    {
        var frame = page.FrameLocator("iframe");
        await frame.GetByText(HostileMail.Greeting).ClickAsync();
        foreach (var target in await frame.GetByText("click me").AllAsync())
        {
            await target.ClickAsync(new LocatorClickOptions { Force = true });
        }

        foreach (var target in await frame.GetByText("hover").AllAsync())
        {
            await target.HoverAsync();
        }

        for (var press = 0; press < 5; press++)
        {
            await page.Keyboard.PressAsync("Tab");
        }
    }
}
